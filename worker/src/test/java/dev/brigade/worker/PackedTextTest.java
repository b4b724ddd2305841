package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTextTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatWasWrittenIsReadBack(long seed) {
    Random random = new Random(seed);
    int chars = 2_000;
    PackedWriter writer = new PackedWriter(chars);
    List<Long> written = new ArrayList<>();
    for (int bits = 0; bits < chars * 15 - 64; ) {
      boolean unary = random.nextBoolean();
      int count = random.nextInt(33);
      long value = unary ? random.nextInt(50) : random.nextLong() & (1L << count) - 1;
      if (unary) {
        writer.writeUnary(value);
      } else {
        // What is above the bits that are asked for does not matter
        writer.write(value | -1L << count, count);
      }
      bits += unary ? (int) value + 1 : count;
      written.addAll(List.of(unary ? 1L : 0L, (long) count, value));
    }
    writer.end();
    String text = writer.toString();
    assertThat(text).hasSize(chars);
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(chars * 3);
    PackedReader reader = new PackedReader(text);
    for (int i = 0; i < written.size(); i += 3) {
      boolean unary = written.get(i) == 1;
      assertThat(unary ? reader.readUnary() : reader.read(written.get(i + 1).intValue()))
          .isEqualTo(written.get(i + 2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u07ff", "\u8800", "a"})
  void whatIsNotOfTheAlphabetIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PackedReader(text).read(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0800", "\u87ff"})
  void theAlphabetHoldsItsFirstAndItsLastCharacter(String text) {
    assertThat(new PackedReader(text).read(15)).isEqualTo(text.charAt(0) - 0x0800);
  }
}
