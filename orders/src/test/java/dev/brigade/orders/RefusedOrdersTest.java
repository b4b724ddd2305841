package dev.brigade.orders;

import static dev.brigade.orders.OrderCodecTest.withPayload;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedOrdersTest {
  private static final String TIME = "\"placedAt\":\"2026-11-20T16:35:49.123Z\"";

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void bytesThatAreNotJsonWithinTheLimitsAreUndecodable(
      String what, byte @Nullable [] value, String message) {
    MalformedRecordException refusal = refusal(value);

    assertThat(refusal.isDecodable()).isFalse();
    assertThat(refusal).hasMessage(message);
  }

  static Stream<Arguments> bytesThatAreNotJsonWithinTheLimitsAreUndecodable() {
    return Stream.of(
        arguments("null", null, "the record has no value"),
        arguments("empty", new byte[0], "the record has no value"),
        arguments("spaces", bytes(" \n"), "the record has no JSON value"),
        arguments(
            "words",
            bytes("burger"),
            "not JSON at byte 0: Unrecognized token 'burger': was expecting (JSON String, Number,"
                + " Array, Object or token 'null', 'true' or 'false')"),
        arguments("cut", bytes("{\"id\":\"1\",\"dish\":"), "JSON ends too early at byte 17"),
        arguments("cut in a string", bytes("{\"id\":\"ab"), "JSON ends too early at byte 9"),
        arguments("cut after a brace", bytes("{"), "JSON ends too early at byte 1"),
        arguments(
            "duplicate key",
            bytes("{\"id\":\"1\",\"id\":\"2\"}"),
            "not JSON at byte 14: Duplicate field 'id'"),
        arguments(
            "duplicate key in a payload",
            bytes("{\"payload\":{\"a\":1,\"a\":1}}"),
            "not JSON at byte 21: Duplicate field 'a'"),
        arguments(
            "duplicate key in an unknown field",
            bytes("{\"x\":[{\"a\":1,\"a\":1}]}"),
            "not JSON at byte 16: Duplicate field 'a'"),
        arguments("two values", bytes(withPayload("1") + "{}"), "something follows the JSON value"),
        arguments(
            "two values, the first invalid", bytes("{} {}"), "something follows the JSON value"),
        arguments(
            "depth 65",
            bytes(withPayload("[".repeat(64) + "]".repeat(64))),
            "JSON beyond the limits: Document nesting depth (65) exceeds the maximum allowed (64)"),
        arguments(
            "depth 65 where text is expected",
            bytes("{\"id\":" + "[".repeat(64) + "]".repeat(64) + "}"),
            "JSON beyond the limits: Document nesting depth (65) exceeds the maximum allowed (64)"),
        arguments(
            "depth 10,000",
            bytes("[".repeat(10_000)),
            "JSON beyond the limits: Document nesting depth (65) exceeds the maximum allowed (64)"),
        arguments(
            "depth 10,000 in an unknown field",
            bytes("{\"x\":" + "[".repeat(10_000)),
            "JSON beyond the limits: Document nesting depth (65) exceeds the maximum allowed (64)"),
        arguments(
            "65 digits",
            bytes(withPayload("1".repeat(65))),
            "JSON beyond the limits: Number value length (65) exceeds the maximum allowed (64)"),
        arguments(
            "65 digits with a point",
            bytes(withPayload("0." + "1".repeat(64))),
            "JSON beyond the limits: Number value length (65) exceeds the maximum allowed (64)"),
        arguments(
            "10,000 digits",
            bytes(withPayload("1".repeat(10_000))),
            "JSON beyond the limits: Number value length (10000) exceeds the maximum allowed (64)"),
        arguments(
            "10,000 digits in an unknown field",
            bytes("{\"x\":" + "1".repeat(10_000) + "}"),
            "JSON beyond the limits: Number value length (10000) exceeds the maximum allowed (64)"),
        arguments(
            "an exponent beyond all numbers",
            bytes(withPayload("1e999999999999")),
            "JSON beyond the limits: a number with too large an exponent"),
        arguments(
            "a number that JSON does not have",
            bytes(withPayload("NaN")),
            "not JSON at byte 75: Non-standard token 'NaN'"),
        arguments(
            "a byte that UTF-8 does not have",
            latin1(withPayload("\"\u00ff\"")),
            "not UTF-8 at byte 73"),
        arguments(
            "a character cut off", latin1(withPayload("\"\u00c3(\"")), "not UTF-8 at byte 73"),
        arguments(
            "an overlong slash", latin1(withPayload("\"\u00c0\u00af\"")), "not UTF-8 at byte 73"),
        arguments(
            "an encoded surrogate",
            latin1(withPayload("\"\u00ed\u00a0\u0080\"")),
            "not UTF-8 at byte 73"),
        arguments(
            "a code point beyond the last",
            latin1(withPayload("\"\u00f5\u0080\u0080\u0080\"")),
            "not UTF-8 at byte 73"),
        arguments(
            "invalid UTF-8 after much that is valid",
            latin1("{\"x\":\"" + "\u00c3\u00a4".repeat(5_000) + "\u00ff\"}"),
            "not UTF-8 at byte 10006"),
        arguments(
            "invalid UTF-8 in an unknown field",
            latin1("{\"x\":\"\u00e4\"}"),
            "not UTF-8 at byte 6"),
        arguments("UTF-16", withPayload("1").getBytes(UTF_16), "not UTF-8 at byte 0"),
        arguments(
            "UTF-16 without a mark",
            withPayload("1").getBytes(UTF_16LE),
            "not JSON at byte 2: Illegal character ((CTRL-CHAR, code 0)): only regular white space"
                + " (\\r, \\n, \\t) is allowed between tokens"),
        arguments(
            "a NUL",
            bytes("{\"id\":\"a\0b\"}"),
            "not JSON at byte 8: Illegal unquoted character ((CTRL-CHAR, code 0)): has to be"
                + " escaped using backslash to be included in string value"),
        arguments(
            "a byte order mark",
            bytes("\uFEFF" + withPayload("1")),
            "not JSON at byte 0: a byte order mark before the value"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void jsonThatBreaksARuleIsInvalid(String json, String message) {
    MalformedRecordException refusal = refusal(bytes(json));

    assertThat(refusal.isDecodable()).isTrue();
    assertThat(refusal).hasMessage(message);
  }

  static Stream<Arguments> jsonThatBreaksARuleIsInvalid() {
    return Stream.of(
        arguments("null", "expected a JSON object, found null"),
        arguments("[]", "expected a JSON object, found an array"),
        arguments("\"burger\"", "expected a JSON object, found a string"),
        arguments("12", "expected a JSON object, found a number"),
        arguments("true", "expected a JSON object, found a boolean"),
        arguments("{}", "id is missing"),
        arguments("{\"dish\":\"d\"," + TIME + "}", "id is missing"),
        arguments("{\"id\":\"1\"," + TIME + "}", "dish is missing"),
        arguments("{\"id\":\"1\",\"dish\":\"d\"}", "placedAt is missing"),
        arguments("{\"id\":null}", "id must be a string, found null"),
        arguments("{\"id\":1}", "id must be a string, found a number"),
        arguments("{\"dish\":[\"d\"]}", "dish must be a string, found an array"),
        arguments("{\"placedAt\":1795192549123}", "placedAt must be a string, found a number"),
        arguments("{\"table\":17}", "table must be a string, found a number"),
        arguments("{\"deadline\":false}", "deadline must be a string, found a boolean"),
        arguments("{\"batch\":\"b\"}", "batch must be an object, found a string"),
        arguments("{\"batch\":{\"size\":1}}", "batch.id is missing"),
        arguments("{\"batch\":{\"id\":\"b\"}}", "batch.size is missing"),
        arguments(
            "{\"batch\":{\"id\":\"b\",\"size\":\"1\"}}",
            "batch.size must be an integer, found a string"),
        arguments(
            "{\"batch\":{\"id\":\"b\",\"size\":1.5}}",
            "batch.size must be an integer, found a number"),
        arguments(
            "{\"batch\":{\"id\":\"b\",\"size\":9223372036854775808}}",
            "batch.size is out of range: 9223372036854775808"),
        arguments(
            "{\"batch\":{\"id\":\"b\",\"size\":-1}}", "batch.size must be at least 0, but is -1"),
        arguments(
            "{\"batch\":{\"id\":\"\",\"size\":1}}",
            "batch.id must have 1 to 128 characters, but has 0"),
        arguments(with("id", ""), "id must have 1 to 128 characters, but has 0"),
        arguments(with("id", "x".repeat(129)), "id must have 1 to 128 characters, but has 129"),
        arguments(
            with("id", "x".repeat(10_240)), "id must have 1 to 128 characters, but has 10240"),
        arguments(with("id", "a\\u0000b"), "id holds a control character"),
        arguments(with("id", "a\\nb"), "id holds a control character"),
        arguments(with("id", "a\\u007fb"), "id holds a control character"),
        arguments(with("id", "a\\u0085b"), "id holds a control character"),
        arguments(
            with("id", "a\\ud800b"),
            "id holds half a character (an unpaired surrogate), which UTF-8 cannot express"),
        arguments(with("dish", ""), "dish must match [A-Za-z0-9._-]{1,64}, but is ''"),
        arguments(with("dish", "a b"), "dish must match [A-Za-z0-9._-]{1,64}, but is 'a b'"),
        arguments(with("dish", "bürger"), "dish must match [A-Za-z0-9._-]{1,64}, but is 'bürger'"),
        arguments(with("dish", "a\\n"), "dish must match [A-Za-z0-9._-]{1,64}, but is 'a?'"),
        arguments(
            with("dish", "d".repeat(65)),
            "dish must match [A-Za-z0-9._-]{1,64}, but is '" + "d".repeat(65) + "'"),
        arguments(with("table", "t".repeat(257)), "table has 257 characters, the limit is 256"),
        arguments(
            with("table", "\\udc00"),
            "table holds half a character (an unpaired surrogate), which UTF-8 cannot express"),
        arguments(
            with("deadline", "soon"),
            "deadline: not a time like 2026-11-20T16:35:49.123Z: 'soon'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-20",
        "2026-11-20T16:35Z",
        "2026-11-20T16:35:49",
        "2026-11-20 16:35:49Z",
        "2026-11-20T16:35:49.Z",
        "2026-11-20T16:35:49,5Z",
        "2026-11-20T16:35:49.1234567890Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20T23:60:00Z",
        "2026-11-20T23:59:60Z",
        "2026-13-20T16:35:49Z",
        "2026-00-20T16:35:49Z",
        "2026-11-00T16:35:49Z",
        "2026-02-29T16:35:49Z",
        "2026-11-31T16:35:49Z",
        "2026-11-20T16:35:49+01",
        "2026-11-20T16:35:49+0100",
        "2026-11-20T16:35:49+01:00:30",
        "2026-11-20T16:35:49+24:00",
        "2026-11-20T16:35:49*01:00",
        "٢٠٢٦-11-20T16:35:49Z",
        "+12345-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "2026-11-20T16:35:49Z "
      })
  void whatIsNoTimeIsInvalid(String time) {
    MalformedRecordException refusal = refusal(bytes(with("placedAt", time)));

    assertThat(refusal.isDecodable()).isTrue();
    assertThat(refusal)
        .hasMessage("placedAt: not a time like 2026-11-20T16:35:49.123Z: '" + time + "'");
  }

  @Test
  void randomBytesAreUndecodable() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes[0] >= '0' && bytes[0] <= '9') {
        bytes[0] = '{'; // A digit alone would be JSON.
      }
      assertThat(refusal(bytes).isDecodable()).isFalse();
    }
  }

  @Test
  void anOrderWithOneByteChangedIsReadOrRefusedButNeverBreaksTheReader() {
    Generated generated = new Generated(11);
    for (int i = 0; i < 2_000; i++) {
      byte[] json = OrderCodec.encode(generated.order());
      json[generated.below(json.length)] = (byte) generated.below(256);
      try {
        OrderCodec.encode(OrderCodec.decode(json));
      } catch (MalformedRecordException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void whetherBytesAreJsonDoesNotDependOnTheOrderOfTheFields() {
    assertThat(refusal(bytes("{\"id\":1,\"x\":}")).isDecodable()).isFalse();
    assertThat(refusal(bytes("{\"x\":,\"id\":1}")).isDecodable()).isFalse();
  }

  @Test
  void aMessageIsOneShortLineWhateverTheRecordHolds() {
    MalformedRecordException refusal =
        refusal(bytes(with("dish", "\\u001b[31m\\r\\n\\u2028\\u202e" + "x".repeat(100_000))));

    assertThat(refusal.getMessage())
        .startsWith("dish must match [A-Za-z0-9._-]{1,64}, but is '?[31m????xxx")
        .hasSizeLessThanOrEqualTo(201)
        .endsWith("…");
  }

  @Test
  void aRecordBuiltInMemoryObeysTheSameRules() {
    var time = java.time.Instant.parse("2026-11-20T16:35:49Z");
    assertThatThrownBy(() -> new Order("", "soup", time))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Order("1", "so up", time))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Order("1", "soup", java.time.Instant.MAX))
        .hasMessage("placedAt must be in the years 0000 to 9999");
    assertThatThrownBy(() -> new Order("1", "soup", java.time.Instant.MIN))
        .hasMessage("placedAt must be in the years 0000 to 9999");
  }

  private static MalformedRecordException refusal(byte @Nullable [] value) {
    return catchThrowableOfType(MalformedRecordException.class, () -> OrderCodec.decode(value));
  }

  private static String with(String field, String value) {
    String id = field.equals("id") ? value : "1";
    String dish = field.equals("dish") ? value : "soup";
    String placedAt = field.equals("placedAt") ? value : "2026-11-20T16:35:49.123Z";
    String more =
        field.equals("table") || field.equals("deadline")
            ? ",\"" + field + "\":\"" + value + "\""
            : "";
    return "{\"id\":\"%s\",\"dish\":\"%s\",\"placedAt\":\"%s\"%s}"
        .formatted(id, dish, placedAt, more);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
