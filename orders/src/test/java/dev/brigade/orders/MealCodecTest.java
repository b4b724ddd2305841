package dev.brigade.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MealCodecTest {
  private static final Instant TIME = Instant.parse("2026-11-20T16:35:49Z");
  private static final List<String> REQUIRED =
      List.of(
          "orderId",
          "dish",
          "worker",
          "chef",
          "partition",
          "offset",
          "attempts",
          "placedAt",
          "startedAt",
          "finishedAt",
          "cookMicros");

  @Test
  void whateverIsWrittenIsReadBack() throws Exception {
    Generated generated = new Generated(43);
    for (int i = 0; i < 2_000; i++) {
      // Given
      Meal meal = generated.meal();

      // When
      byte[] json = MealCodec.encode(meal);

      // Then
      assertThat(MealCodec.decode(json)).isEqualTo(meal);
    }
  }

  @Test
  void theJsonIsTheContracts() {
    assertThat(new String(MealCodec.encode(meal(NullNode.instance)), UTF_8))
        .isEqualTo(
            "{\"orderId\":\"01JD\",\"dish\":\"burger\",\"table\":\"t-17\",\"worker\":\"w-3\","
                + "\"chef\":7,\"partition\":5,\"offset\":12345,\"attempts\":2,"
                + "\"placedAt\":\"2026-11-20T16:35:49Z\",\"startedAt\":\"2026-11-20T16:35:49Z\","
                + "\"finishedAt\":\"2026-11-20T16:35:49Z\",\"cookMicros\":1042,"
                + "\"batch\":{\"id\":\"b\",\"size\":600},\"result\":null}");
  }

  @Test
  void partitionAndOffsetAreTheCompletionId() {
    assertThat(meal(NullNode.instance).completionId()).isEqualTo(new CompletionId(5, 12345));
    assertThat(new CompletionId(5, 12345)).hasToString("5/12345");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orderId",
        "dish",
        "worker",
        "chef",
        "partition",
        "offset",
        "attempts",
        "placedAt",
        "startedAt",
        "finishedAt",
        "cookMicros"
      })
  void aMissingFieldIsNamed(String field) throws Exception {
    ObjectNode json = json();
    json.remove(field);

    MalformedRecordException refusal = refusal(json.toString());

    assertThat(refusal.isDecodable()).isTrue();
    assertThat(refusal).hasMessage(field + " is missing");
    assertThat(REQUIRED).contains(field);
  }

  @Test
  void nothingElseIsRequired() throws Exception {
    ObjectNode json = json();
    json.retain(REQUIRED);

    Meal meal = MealCodec.decode(json.toString().getBytes(UTF_8));

    assertThat(meal.table()).isNull();
    assertThat(meal.batch()).isNull();
    assertThat(meal.result()).isEqualTo(NullNode.instance);
  }

  @Test
  void aMealThatEndedBeforeItBeganIsReadForItIsTheMonitorsToTell() throws Exception {
    ObjectNode json = json().put("finishedAt", "2020-01-01T00:00:00Z");
    assertThat(MealCodec.decode(json.toString().getBytes(UTF_8)).finishedAt())
        .isEqualTo("2020-01-01T00:00:00Z");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @MethodSource
  void aValueThatCannotBeIsInvalid(String field, String value, String message) throws Exception {
    ObjectNode json = json();
    json.set(field, Json.MAPPER.readTree(value));

    MalformedRecordException refusal = refusal(json.toString());

    assertThat(refusal.isDecodable()).isTrue();
    assertThat(refusal).hasMessage(message);
  }

  static Stream<Arguments> aValueThatCannotBeIsInvalid() {
    return Stream.of(
        arguments("orderId", "\"\"", "orderId must have 1 to 128 characters, but has 0"),
        arguments("dish", "\"a b\"", "dish must match [A-Za-z0-9._-]{1,64}, but is 'a b'"),
        arguments("worker", "\"\"", "worker must not be empty"),
        arguments("worker", "7", "worker must be a string, found a number"),
        arguments("chef", "-1", "chef must be at least 0, but is -1"),
        arguments("chef", "1.0", "chef must be an integer, found a number"),
        arguments("chef", "2147483648", "chef is out of range: 2147483648"),
        arguments("partition", "-1", "partition must be at least 0, but is -1"),
        arguments(
            "partition", "99999999999999999999", "partition is out of range: 99999999999999999999"),
        arguments("offset", "-1", "offset must be at least 0, but is -1"),
        arguments("attempts", "0", "attempts must be at least 1, but is 0"),
        arguments("cookMicros", "-1", "cookMicros must be at least 0, but is -1"),
        arguments("startedAt", "\"\"", "startedAt: not a time like 2026-11-20T16:35:49.123Z: ''"),
        arguments("batch", "[]", "batch must be an object, found an array"));
  }

  @Test
  void garbageIsUndecodable() {
    assertThatThrownBy(() -> MealCodec.decode(null)).hasMessage("the record has no value");
    assertThat(refusal("{\"orderId\"").isDecodable()).isFalse();
    assertThat(refusal(json() + "]").isDecodable()).isFalse();
  }

  @Test
  void aResultThatNoReaderWouldTakeIsWrittenAsText() throws Exception {
    ArrayNode deep = JsonNodeFactory.instance.arrayNode();
    for (int i = 1; i < 64; i++) {
      deep = JsonNodeFactory.instance.arrayNode().add(deep);
    }
    assertThat(MealCodec.decode(MealCodec.encode(meal(deep))).result())
        .isEqualTo(TextNode.valueOf("[".repeat(64) + "]".repeat(64)));

    JsonNode number = JsonNodeFactory.instance.objectNode().put("n", Double.NaN);
    assertThat(MealCodec.decode(MealCodec.encode(meal(number))).result().textValue())
        .startsWith("{\"n\":");
  }

  private static Meal meal(JsonNode result) {
    return new Meal(
        "01JD",
        "burger",
        "t-17",
        "w-3",
        7,
        5,
        12345,
        2,
        TIME,
        TIME,
        TIME,
        1042,
        new Batch("b", 600),
        result);
  }

  private static ObjectNode json() {
    try {
      return (ObjectNode) Json.MAPPER.readTree(MealCodec.encode(meal(NullNode.instance)));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static MalformedRecordException refusal(String json) {
    return catchThrowableOfType(
        MalformedRecordException.class, () -> MealCodec.decode(json.getBytes(UTF_8)));
  }
}
