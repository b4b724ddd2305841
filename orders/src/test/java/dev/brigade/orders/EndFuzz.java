package dev.brigade.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Fuzz target: what ends an order. An input that begins with {@code '{'} is the value of a record
 * on {@code meals}; any other is the headers of one on {@code dead-letters}: of each the number of
 * its name, its length in two bytes and its value.
 */
public final class EndFuzz {
  /** A sender's own headers among them, and names that look like ours. */
  static final List<String> NAMES =
      List.of(
          DeadLetter.REASON,
          DeadLetter.ERROR,
          DeadLetter.ATTEMPTS,
          DeadLetter.WORKER,
          DeadLetter.AT,
          DeadLetter.ORIGIN,
          DeadLetter.VALUE_BYTES,
          DeadLetter.VALUE_SHA256,
          "brigade.replays",
          "Brigade.reason",
          "traceparent",
          "");

  private EndFuzz() {}

  /** Called by the fuzzer and by {@link FuzzCorpusTest}. */
  public static void fuzzerTestOneInput(byte[] input) throws MalformedRecordException {
    if (input.length > 0 && input[0] == '{') {
      readMeal(input);
    } else {
      readDeadLetter(headers(input));
    }
  }

  private static void readMeal(byte[] value) throws MalformedRecordException {
    Meal meal;
    try {
      meal = MealCodec.decode(value);
    } catch (MalformedRecordException e) {
      assertThat(e.getMessage()).isNotEmpty().doesNotMatch("(?s).*\\p{Cntrl}.*");
      return;
    }
    byte[] written = MealCodec.encode(meal);
    if (Json.objection(meal.result(), Json.MAX_DEPTH - 1) == null) {
      assertThat(MealCodec.decode(written)).isEqualTo(meal);
    }
    assertThat(MealCodec.encode(MealCodec.decode(written))).isEqualTo(written);
    assertThat(meal.completionId()).isEqualTo(new CompletionId(meal.partition(), meal.offset()));
  }

  private static void readDeadLetter(Headers headers) throws MalformedRecordException {
    DeadLetter letter;
    try {
      letter = DeadLetter.read(headers);
    } catch (MalformedRecordException e) {
      assertThat(e.getMessage()).isNotEmpty().doesNotMatch("(?s).*\\p{Cntrl}.*");
      return;
    }
    assertThat(letter.error().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(DeadLetter.MAX_ERROR_BYTES);
    assertThat(letter.origin().partition()).isNotNegative();
    assertThat(letter.origin().offset()).isNotNegative();
    // Written over what was read, it is read back, and nobody else's headers are touched
    List<Header> others = others(headers);
    letter.writeTo(headers);
    assertThat(DeadLetter.read(headers)).isEqualTo(letter);
    assertThat(others(headers)).isEqualTo(others);
  }

  private static List<Header> others(Headers headers) {
    List<String> ours = NAMES.subList(0, 6);
    return StreamSupport.stream(headers.spliterator(), false)
        .filter(header -> !ours.contains(header.key()))
        .toList();
  }

  private static Headers headers(byte[] input) {
    Headers headers = new RecordHeaders();
    int at = 0;
    while (at + 3 <= input.length) {
      String name = NAMES.get((input[at] & 0xff) % NAMES.size());
      int length = (input[at + 1] & 0xff) << 8 | input[at + 2] & 0xff;
      int from = at + 3;
      int to = Math.min(input.length, from + length);
      // The longest length there is stands for a header without a value
      headers.add(name, length == 0xffff ? null : Arrays.copyOfRange(input, from, to));
      at = length == 0xffff ? from : to;
    }
    return headers;
  }
}
