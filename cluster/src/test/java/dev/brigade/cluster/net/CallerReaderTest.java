package dev.brigade.cluster.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerReaderTest {
  private final CallerReader reader = new CallerReader();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 13, 14, 15, 1000})
  void aHeaderIsReadInPiecesOfAnySize(int piece) {
    byte[] request = TestCaller.request("wörker-1", "and a body");
    int header = 14 + "wörker-1".getBytes(StandardCharsets.UTF_8).length;

    for (int from = 0; from < request.length; from += piece) {
      assertThat(reader.decided()).isEqualTo(from >= header);
      reader.read(ByteBuffer.wrap(Arrays.copyOfRange(request, from, from + piece)));
    }

    assertThat(reader.decided()).isTrue();
    assertThat(reader.clientId()).isEqualTo("wörker-1");
  }

  @Test
  void theBytesAreLeftAsTheyAre() {
    ByteBuffer bytes = ByteBuffer.wrap(TestCaller.request("a", ""));

    assertThat(reader.read(bytes)).isTrue();

    assertThat(bytes.position()).isZero();
    assertThat(bytes.hasRemaining()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "hello", "\u0016\u0003\u0001", "\u0000\u0000\u0000\u0010\u7f7f"})
  void whatIsNoHeaderIsUnknownAsSoonAsThatIsSure(String text) {
    assertThat(reader.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))).isTrue();
    assertThat(reader.clientId()).isNull();
  }

  @Test
  void aRequestWithoutClientIdIsUnknown() {
    byte[] request = TestCaller.request("", "body");
    ByteBuffer.wrap(request).putShort(12, (short) -1);

    assertThat(reader.read(ByteBuffer.wrap(request))).isTrue();
    assertThat(reader.clientId()).isNull();
  }

  @Test
  void aClientIdLongerThanItsRequestIsUnknown() {
    byte[] request = TestCaller.request("a", "body");
    ByteBuffer.wrap(request).putShort(12, (short) 6);

    assertThat(reader.read(ByteBuffer.wrap(request))).isTrue();
    assertThat(reader.clientId()).isNull();
  }

  @Test
  void whoEndsEarlyIsUnknown() {
    reader.read(ByteBuffer.wrap(new byte[] {0, 0}));
    assertThat(reader.decided()).isFalse();

    reader.end();

    assertThat(reader.decided()).isTrue();
    assertThat(reader.clientId()).isNull();
  }
}
