package dev.brigade.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused is in {@link RefusedOrdersTest}. */
class Rfc3339Test {
  @Test
  void everyTimeThatIsWrittenIsReadBack() {
    Generated generated = new Generated(3);
    for (int i = 0; i < 20_000; i++) {
      Instant time = generated.time();
      assertThat(Rfc3339.parse(time.toString())).isEqualTo(time);
      assertThat(written(time)).isEqualTo(time.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0000-01-01T00:00:00Z",
    "1969-12-31T23:59:59.000000001Z",
    "2026-11-20T16:35:49.100Z",
    "2026-11-20T16:35:49.000100Z",
    "2026-11-20T16:35:49.123456789Z",
    "9999-12-31T23:59:59.999999999Z"
  })
  void isWrittenAsItIs(String text) {
    assertThat(written(Instant.parse(text))).isEqualTo(text);
  }

  private static String written(Instant time) {
    char[] buffer = new char[Rfc3339.MAX_CHARS];
    return new String(buffer, 0, Rfc3339.write(time, buffer));
  }

  @Test
  void anOffsetIsReadAsTheJdkReadsIt() {
    Generated generated = new Generated(4);
    for (int i = 0; i < 5_000; i++) {
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (generated.below(2 * 1080) - 1080));
      OffsetDateTime time =
          Instant.ofEpochSecond(generated.below(Integer.MAX_VALUE), generated.below(1_000_000_000))
              .atOffset(offset);
      String text = time.toString();
      if (text.matches(".*T\\d\\d:\\d\\d:\\d\\d.*")) {
        assertThat(Rfc3339.parse(text)).isEqualTo(time.toInstant());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T16:35:49Z,2026-11-20T16:35:49Z",
    "2026-11-20t16:35:49z,2026-11-20T16:35:49Z",
    "2026-11-20T16:35:49.1Z,2026-11-20T16:35:49.100Z",
    "2026-11-20T16:35:49.123456789Z,2026-11-20T16:35:49.123456789Z",
    "2026-11-20T16:35:49+00:00,2026-11-20T16:35:49Z",
    "2026-11-20T16:35:49-00:00,2026-11-20T16:35:49Z",
    "2026-11-20T16:35:49.5-23:59,2026-11-21T16:34:49.500Z",
    "2024-02-29T00:00:00Z,2024-02-29T00:00:00Z",
    "0000-01-01T00:00:00Z,0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z,9999-12-31T23:59:59.999999999Z"
  })
  void isReadAs(String text, Instant time) {
    assertThat(Rfc3339.parse(text)).isEqualTo(time);
  }
}
