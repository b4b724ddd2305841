package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
  private static final int MAX = 10;
  private static final Charset UTF_8 = StandardCharsets.UTF_8;

  @Test
  void linesAreNumberedAndHandedOutWithoutTheirEnds() throws IOException {
    assertThat(read("one\ntwo\n\nfour\n")).containsExactly("1 one", "2 two", "3 ", "4 four");
  }

  @Test
  void theLastLineNeedsNoEnd() throws IOException {
    assertThat(read("one\ntwo")).containsExactly("1 one", "2 two");
  }

  @Test
  void aCarriageReturnBeforeTheEndBelongsToNoLine() throws IOException {
    assertThat(read("one\r\ntwo\r\n\r\nx\ry\r")).containsExactly("1 one", "2 two", "3 ", "4 x\ry");
  }

  @Test
  void aByteOrderMarkBelongsToNoLine() throws IOException {
    assertThat(read("\ufeffone\ntwo")).containsExactly("1 one", "2 two");
  }

  @Test
  void nothingHasNoLines() throws IOException {
    assertThat(read("")).isEmpty();
    assertThat(read("\ufeff")).isEmpty();
    assertThat(reader("", 1).begin()).isFalse();
    assertThat(reader("\n", 1).begin()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void howTheInputArrivesMakesNoDifference(int bytesAtATime) throws IOException {
    String text = "a\n1234567890\r\n12345678901\nb\n\nthis line is far too long for this\r\nc";

    assertThat(read(reader(text, bytesAtATime)))
        .usingElementComparator(LineReaderTest::headsAgree)
        .containsExactly(
            "1 a",
            "2 1234567890",
            "3 too long: 11 bytes: 12345678901…",
            "4 b",
            "5 ",
            "6 too long: 34 bytes: this line is…",
            "7 c");
  }

  /** How much of a long line is at hand when it is found too long depends on the arrival. */
  private static int headsAgree(String found, String expected) {
    String shown = expected.replace("…", "");
    return found.equals(expected) || (found.startsWith(shown) && found.endsWith("…")) ? 0 : 1;
  }

  @Test
  void randomTextGivesTheLinesThatSplittingItGives() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder("x");
      for (int i = random.nextInt(120); i > 0; i--) {
        text.append(random.nextInt(8) == 0 ? '\n' : (char) ('a' + random.nextInt(26)));
      }
      List<String> expected = new ArrayList<>();
      int number = 0;
      for (String line : text.toString().split("\n", -1)) {
        number++;
        expected.add(number + (line.length() > MAX ? " too long: " + line.length() : " " + line));
      }
      if (text.charAt(text.length() - 1) == '\n') {
        expected.remove(expected.size() - 1);
      }

      List<String> found =
          read(reader(text.toString(), 1 + random.nextInt(30))).stream()
              .map(line -> line.replaceAll(" bytes: .*", ""))
              .toList();

      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void aLineOfAGigabyteIsSkippedInBoundedMemory() throws IOException {
    // Given more than this JVM's heap holds, as one line
    long gigabyte = 1L << 30;
    LineReader lines =
        new LineReader(new Repeated((byte) 'x', gigabyte, "\nnext\n"), 900 * 1024, 2 * 1024 * 1024);

    // When / Then
    assertThat(lines.next()).isTrue();
    assertThat(lines.isTooLong()).isTrue();
    assertThat(lines.bytes()).isEqualTo(gigabyte);
    assertThat(lines.head()).isEqualTo("x".repeat(LineReader.HEAD_BYTES) + "…");
    assertThat(lines.next()).isTrue();
    assertThat(lines.head()).isEqualTo("next");
    assertThat(lines.number()).isEqualTo(2);
    assertThat(lines.next()).isFalse();
    assertThat(lines.bytesRead()).isEqualTo(gigabyte + "\nnext\n".length());
  }

  @Test
  void blankLinesAreTold() throws IOException {
    LineReader lines = reader(" \t\r\nx\n", 100);

    lines.next();
    assertThat(lines.isBlank()).isTrue();
    lines.next();
    assertThat(lines.isBlank()).isFalse();
  }

  @Test
  void whatIsNotTextIsRefusedBeforeTheFirstLine() {
    assertThatThrownBy(() -> reader(new byte[] {0x1f, (byte) 0x8b, 8, 0}, 1).next())
        .isInstanceOfSatisfying(
            WrongEncodingException.class, e -> assertThat(e.encoding()).isEqualTo(Encoding.GZIP));
    assertThatThrownBy(() -> reader("{}".getBytes(StandardCharsets.UTF_16), 9).next())
        .isInstanceOfSatisfying(
            WrongEncodingException.class,
            e -> assertThat(e.encoding()).isEqualTo(Encoding.UTF_16_BE));
  }

  private static List<String> read(String text) throws IOException {
    return read(reader(text, 1000));
  }

  private static List<String> read(LineReader lines) throws IOException {
    List<String> found = new ArrayList<>();
    while (lines.next()) {
      found.add(
          lines.number()
              + (lines.isTooLong()
                  ? " too long: " + lines.bytes() + " bytes: " + lines.head()
                  : " " + new String(lines.array(), lines.start(), lines.length(), UTF_8)));
    }
    return found;
  }

  private static LineReader reader(String text, int bytesAtATime) {
    return reader(text.getBytes(UTF_8), bytesAtATime);
  }

  private static LineReader reader(byte[] bytes, int bytesAtATime) {
    ByteArrayInputStream in =
        new ByteArrayInputStream(bytes) {
          @Override
          public int read(byte[] to, int offset, int length) {
            return super.read(to, offset, Math.min(length, bytesAtATime));
          }
        };
    ReadableByteChannel whole = Channels.newChannel(in);
    return new LineReader(new Trickle(whole, bytesAtATime), MAX, MAX + 5);
  }

  /** A pipe whose other end writes a few bytes at a time. */
  private record Trickle(ReadableByteChannel in, int bytesAtATime) implements ReadableByteChannel {
    @Override
    public int read(ByteBuffer to) throws IOException {
      int limit = to.limit();
      to.limit(Math.min(limit, to.position() + bytesAtATime));
      int read = in.read(to);
      to.limit(limit);
      return read;
    }

    @Override
    public boolean isOpen() {
      return in.isOpen();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** One byte very often, then a text. */
  private static final class Repeated implements ReadableByteChannel {
    private final byte value;
    private final ByteBuffer tail;
    private long left;

    Repeated(byte value, long times, String tail) {
      this.value = value;
      this.left = times;
      this.tail = ByteBuffer.wrap(tail.getBytes(UTF_8));
    }

    @Override
    public int read(ByteBuffer to) {
      int size = (int) Math.min(left > 0 ? left : tail.remaining(), to.remaining());
      if (left > 0) {
        Arrays.fill(to.array(), to.position(), to.position() + size, value);
        to.position(to.position() + size);
      } else {
        to.put(tail.slice().limit(size));
        tail.position(tail.position() + size);
      }
      left = Math.max(0, left - size);
      return size == 0 ? -1 : size;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
