package dev.brigade.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OrderCodecTest {
  private static final Instant TIME = Instant.parse("2026-11-20T16:35:49.123Z");

  @Test
  void whateverIsWrittenIsReadBack() throws Exception {
    Generated generated = new Generated(42);
    for (int i = 0; i < 2_000; i++) {
      // Given
      Order order = generated.order();

      // When
      byte[] json = OrderCodec.encode(order);

      // Then
      assertThat(OrderCodec.decode(json)).isEqualTo(order);
    }
  }

  @Test
  void theJsonIsTheContracts() {
    Order order =
        new Order(
            "01JD",
            "burger",
            TIME,
            "t-17",
            Instant.parse("2026-11-20T16:40:00Z"),
            new Batch("dinner-42", 600),
            JsonNodeFactory.instance.objectNode().put("any", "JSON"));

    assertThat(new String(OrderCodec.encode(order), UTF_8))
        .isEqualTo(
            "{\"id\":\"01JD\",\"dish\":\"burger\",\"table\":\"t-17\","
                + "\"placedAt\":\"2026-11-20T16:35:49.123Z\",\"deadline\":\"2026-11-20T16:40:00Z\","
                + "\"batch\":{\"id\":\"dinner-42\",\"size\":600},\"payload\":{\"any\":\"JSON\"}}");
  }

  @Test
  void whatIsNotThereIsNotWritten() {
    assertThat(new String(OrderCodec.encode(new Order("1", "soup", TIME)), UTF_8))
        .isEqualTo("{\"id\":\"1\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49.123Z\"}");
  }

  @Test
  void nullInAnOptionalFieldIsTheSameAsNone() throws Exception {
    Order order =
        decode(
            "{\"id\":\"1\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49.123Z\","
                + "\"table\":null,\"deadline\":null,\"batch\":null,\"payload\":null}");

    assertThat(order).isEqualTo(new Order("1", "soup", TIME));
    assertThat(order.payload()).isEqualTo(NullNode.getInstance());
  }

  @Test
  void unknownFieldsAreIgnoredAtEveryLevel() throws Exception {
    Order order =
        decode(
            "{\"new\":{\"id\":[1,{\"dish\":2}]},\"id\":\"1\",\"dish\":\"soup\",\"x\":null,"
                + "\"placedAt\":\"2026-11-20T16:35:49.123Z\",\"batch\":{\"id\":\"b\",\"size\":2,\"y\":[]}}");

    assertThat(order).isEqualTo(new Order("1", "soup", TIME).inBatch(new Batch("b", 2)));
  }

  @Test
  void aDecimalKeepsItsDigits() throws Exception {
    Order order = decode(withPayload("[1.50,0.10,100,1E+400,12345678901234567890.000]"));

    assertThat(order.payload().toString())
        .isEqualTo("[1.50,0.10,100,1E+400,12345678901234567890.000]");
    assertThat(new String(OrderCodec.encode(order), UTF_8))
        .endsWith("\"payload\":[1.50,0.10,100,1E+400,12345678901234567890.000]}");
  }

  @Test
  void aNumberOf64DigitsAndADepthOf64AreWithinTheLimits() throws Exception {
    String digits = "7".repeat(64);
    assertThat(decode(withPayload(digits)).payload().bigIntegerValue())
        .isEqualTo(new BigInteger(digits));

    String deep = "[".repeat(63) + "]".repeat(63);
    assertThat(decode(withPayload(deep)).payload().toString()).isEqualTo(deep);
  }

  @Test
  void aLongFieldNameInAPayloadIsWithinTheLimits() throws Exception {
    String name = "n".repeat(100_000);
    assertThat(decode(withPayload("{\"" + name + "\":1}")).payload().get(name).intValue())
        .isEqualTo(1);
  }

  @Test
  void aCharacterBeyondTheBmpTakesItsFourBytes() {
    Order order =
        new Order("1", "soup", TIME, null, null, null, TextNode.valueOf("🍔".repeat(10_000)));
    assertThat(OrderCodec.encode(order)).hasSizeLessThan(40_100);
  }

  @Test
  void lengthsCountCharactersNotUtf16Units() throws Exception {
    Order order =
        new Order("🍔".repeat(128), "soup", TIME, "🍔".repeat(256), null, null, NullNode.instance);
    assertThat(OrderCodec.decode(OrderCodec.encode(order))).isEqualTo(order);
    assertThatThrownBy(() -> new Order("🍔".repeat(129), "soup", TIME))
        .hasMessage("id must have 1 to 128 characters, but has 129");
  }

  @Test
  void aTimeWithAnOffsetIsTurnedIntoUtc() throws Exception {
    Order order =
        decode("{\"id\":\"1\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T17:35:49.123+01:00\"}");
    assertThat(order.placedAt()).isEqualTo(TIME);
  }

  @Test
  void aPartOfAnArrayIsReadAsIfItWereAll() throws Exception {
    byte[] json =
        "garbage{\"id\":\"1\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49.123Z\"}more"
            .getBytes(UTF_8);
    assertThat(OrderCodec.decode(json, 7, json.length - 11))
        .isEqualTo(new Order("1", "soup", TIME));
    assertThatThrownBy(() -> OrderCodec.decode(json, 7, 17))
        .hasMessage("JSON ends too early at byte 17");
  }

  @Test
  void whatNoReaderWouldTakeIsNotWritten() {
    assertThatThrownBy(
            () -> OrderCodec.encode(paid(new DecimalNode(new BigDecimal("0." + "1".repeat(64))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("payload holds a number of more than 64 digits");
    assertThatThrownBy(() -> OrderCodec.encode(paid(DoubleNode.valueOf(Double.NaN))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("payload holds a number that JSON does not have");
    var deep = JsonNodeFactory.instance.arrayNode();
    for (int i = 1; i < 64; i++) {
      deep = JsonNodeFactory.instance.arrayNode().add(deep);
    }
    Order tooDeep = paid(deep);
    assertThatThrownBy(() -> OrderCodec.encode(tooDeep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("payload is nested too deeply");
  }

  @Test
  void theKeyIsTheTableElseTheId() {
    assertThat(new Order("1", "soup", TIME).key()).isEqualTo("1");
    assertThat(new Order("1", "soup", TIME, "t-17", null, null, NullNode.instance).key())
        .isEqualTo("t-17");
  }

  private static Order paid(com.fasterxml.jackson.databind.JsonNode payload) {
    return new Order("1", "soup", TIME, null, null, null, payload);
  }

  static Order decode(String json) throws MalformedRecordException {
    return OrderCodec.decode(json.getBytes(UTF_8));
  }

  static String withPayload(String payload) {
    return "{\"id\":\"1\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49.123Z\",\"payload\":"
        + payload
        + "}";
  }
}
