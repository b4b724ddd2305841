package dev.brigade.orders;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Orders to and from UTF-8 JSON, in one streaming pass. Thread-safe, stateless. */
public final class OrderCodec {
  private OrderCodec() {}

  /**
   * @throws IllegalArgumentException if the payload is beyond what a reader takes, see {@link
   *     Json}. An order that was read may hold such a number, too: one of 60 digits and {@code E-5}
   *     is written without the exponent, with zeros instead.
   */
  public static byte[] encode(Order order) {
    String objection = Json.objection(order.payload(), Json.MAX_DEPTH - 1);
    if (objection != null) {
      throw new IllegalArgumentException("payload " + objection);
    }
    ExactBytes out = new ExactBytes();
    char[] time = new char[Rfc3339.MAX_CHARS];
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("id", order.id());
      json.writeStringField("dish", order.dish());
      if (order.table() != null) {
        json.writeStringField("table", order.table());
      }
      JsonFields.writeTime(json, "placedAt", order.placedAt(), time);
      if (order.deadline() != null) {
        JsonFields.writeTime(json, "deadline", order.deadline(), time);
      }
      JsonFields.writeBatch(json, order.batch());
      if (!order.payload().isNull()) {
        JsonFields.writeTree(json, "payload", order.payload());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.bytes();
  }

  /**
   * @param value a record's value; null and empty are refused like any other undecodable bytes
   * @throws MalformedRecordException with the first thing that is wrong
   */
  public static Order decode(byte @Nullable [] value) throws MalformedRecordException {
    byte[] bytes = Json.requireBytes(value);
    return decode(bytes, 0, bytes.length);
  }

  /** As {@link #decode(byte[])}, for a part of an array. */
  public static Order decode(byte[] buffer, int offset, int length)
      throws MalformedRecordException {
    return Json.read(buffer, offset, length, OrderCodec::read);
  }

  private static Order read(JsonParser json) throws IOException, MalformedRecordException {
    JsonFields.requireObject(json);
    String id = null;
    String dish = null;
    String table = null;
    Instant placedAt = null;
    Instant deadline = null;
    Batch batch = null;
    JsonNode payload = NullNode.getInstance();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = JsonFields.text(json, field);
        case "dish" -> dish = JsonFields.text(json, field);
        case "table" -> table = JsonFields.textOrNull(json, field);
        case "placedAt" -> placedAt = JsonFields.time(json, field);
        case "deadline" -> deadline = JsonFields.timeOrNull(json, field);
        case "batch" -> batch = JsonFields.batchOrNull(json);
        case "payload" -> payload = JsonFields.tree(json);
        default -> json.skipChildren();
      }
    }
    return new Order(
        JsonFields.required("id", id),
        JsonFields.required("dish", dish),
        JsonFields.required("placedAt", placedAt),
        table,
        deadline,
        batch,
        payload);
  }
}
