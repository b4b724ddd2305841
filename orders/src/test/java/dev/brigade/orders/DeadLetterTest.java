package dev.brigade.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {
  private static final DeadLetter LETTER =
      new DeadLetter(
          DeadLetterReason.EXHAUSTED,
          "exit 1: out of flour",
          5,
          "w-3",
          Instant.parse("2026-11-20T16:35:49.123Z"),
          "kitchen.orders",
          new CompletionId(5, 12345));

  @Test
  void theHeadersAreTheContracts() {
    Headers headers = new RecordHeaders();

    LETTER.writeTo(headers);

    assertThat(texts(headers))
        .containsExactly(
            Map.entry("brigade.reason", "exhausted"),
            Map.entry("brigade.error", "exit 1: out of flour"),
            Map.entry("brigade.attempts", "5"),
            Map.entry("brigade.worker", "w-3"),
            Map.entry("brigade.at", "2026-11-20T16:35:49.123Z"),
            Map.entry("brigade.origin", "kitchen.orders/5/12345"));
  }

  @Test
  void whateverIsWrittenIsReadBack() throws Exception {
    Generated generated = new Generated(46);
    for (int i = 0; i < 1_000; i++) {
      DeadLetter letter = generated.deadLetter();
      Headers headers = new RecordHeaders();
      letter.writeTo(headers);
      assertThat(DeadLetter.read(headers)).isEqualTo(letter);
    }
  }

  @Test
  void theSendersHeadersStayAndOlderOnesOfOursAreReplaced() throws Exception {
    // Given
    Headers headers = new RecordHeaders();
    headers.add("traceparent", "00-abc".getBytes(UTF_8));
    headers.add("brigade.reason", "rejected".getBytes(UTF_8));
    headers.add("brigade.reason", "rejected".getBytes(UTF_8));

    // When
    LETTER.writeTo(headers);

    // Then
    assertThat(DeadLetter.read(headers)).isEqualTo(LETTER);
    assertThat(headers.headers("brigade.reason")).hasSize(1);
    assertThat(texts(headers)).containsEntry("traceparent", "00-abc");
  }

  @Test
  void theReasonsHaveTheContractsNames() {
    assertThat(Stream.of(DeadLetterReason.values()).map(DeadLetterReason::wireName))
        .containsExactly(
            "undecodable",
            "invalid",
            "no-recipe",
            "rejected",
            "exhausted",
            "timed-out",
            "expired",
            "killed-its-worker",
            "oversize");
  }

  @Test
  void anErrorIsCutToAKibibyteOfWholeCharacters() {
    DeadLetter letter =
        new DeadLetter(
            LETTER.reason(),
            "é".repeat(511) + "🍔🍔",
            0,
            "w",
            LETTER.at(),
            "kitchen.orders",
            LETTER.origin());

    assertThat(letter.error()).isEqualTo("é".repeat(511));
    assertThat(letter.error().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "brigade.reason",
        "brigade.error",
        "brigade.attempts",
        "brigade.worker",
        "brigade.at",
        "brigade.origin"
      })
  void aMissingHeaderIsNamed(String header) {
    Headers headers = new RecordHeaders();
    LETTER.writeTo(headers);
    headers.remove(header);

    assertThatThrownBy(() -> DeadLetter.read(headers))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("header " + header + " is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "brigade.reason,bored,no such reason",
    "brigade.reason,EXHAUSTED,no such reason",
    "brigade.attempts,many,expected a number of at most nine digits",
    "brigade.attempts,-1,expected a number of at most nine digits",
    "brigade.attempts,+1,expected a number of at most nine digits",
    "brigade.attempts,2147483648,expected a number of at most nine digits",
    "brigade.attempts,99999999999999999999,expected a number of at most nine digits",
    "brigade.at,yesterday,expected a time like 2026-11-20T16:35:49.123Z",
    "brigade.origin,kitchen.orders,expected topic/partition/offset",
    "brigade.origin,kitchen.orders/5,expected topic/partition/offset",
    "brigade.origin,/5/6,expected topic/partition/offset",
    "brigade.origin,kitchen.orders/-5/6,expected topic/partition/offset",
    "brigade.origin,kitchen.orders/5/6/7,expected topic/partition/offset",
    "brigade.origin,kitchen.orders/9/99999999999999999999,expected topic/partition/offset"
  })
  void aHeaderThatIsWrongIsNamedAndShown(String header, String value, String why) {
    Headers headers = new RecordHeaders();
    LETTER.writeTo(headers);
    headers.remove(header);
    headers.add(header, value.getBytes(UTF_8));

    assertThatThrownBy(() -> DeadLetter.read(headers))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("header " + header + ": " + why + ", found '" + value + "'");
  }

  static Map<String, String> texts(Headers headers) {
    Map<String, String> texts = new LinkedHashMap<>();
    headers.forEach(header -> texts.put(header.key(), new String(header.value(), UTF_8)));
    return texts;
  }
}
