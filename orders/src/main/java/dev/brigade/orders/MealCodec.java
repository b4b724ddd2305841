package dev.brigade.orders;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Meals to and from UTF-8 JSON, in one streaming pass. Thread-safe, stateless. */
public final class MealCodec {
  private MealCodec() {}

  /**
   * Always succeeds, for the order is cooked: a result beyond what a reader takes (see {@link
   * Json}) is written as a string of its JSON.
   */
  public static byte[] encode(Meal meal) {
    JsonNode result =
        Json.objection(meal.result(), Json.MAX_DEPTH - 1) == null
            ? meal.result()
            : TextNode.valueOf(meal.result().toString());
    ExactBytes out = new ExactBytes();
    char[] time = new char[Rfc3339.MAX_CHARS];
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("orderId", meal.orderId());
      json.writeStringField("dish", meal.dish());
      if (meal.table() != null) {
        json.writeStringField("table", meal.table());
      }
      json.writeStringField("worker", meal.worker());
      json.writeNumberField("chef", meal.chef());
      json.writeNumberField("partition", meal.partition());
      json.writeNumberField("offset", meal.offset());
      json.writeNumberField("attempts", meal.attempts());
      JsonFields.writeTime(json, "placedAt", meal.placedAt(), time);
      JsonFields.writeTime(json, "startedAt", meal.startedAt(), time);
      JsonFields.writeTime(json, "finishedAt", meal.finishedAt(), time);
      json.writeNumberField("cookMicros", meal.cookMicros());
      JsonFields.writeBatch(json, meal.batch());
      JsonFields.writeTree(json, "result", result);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.bytes();
  }

  /**
   * @throws MalformedRecordException with the first thing that is wrong
   */
  public static Meal decode(byte @Nullable [] value) throws MalformedRecordException {
    byte[] bytes = Json.requireBytes(value);
    return Json.read(bytes, 0, bytes.length, MealCodec::read);
  }

  private static Meal read(JsonParser json) throws IOException, MalformedRecordException {
    JsonFields.requireObject(json);
    String orderId = null;
    String dish = null;
    String table = null;
    String worker = null;
    Integer chef = null;
    Integer partition = null;
    Long offset = null;
    Integer attempts = null;
    Instant placedAt = null;
    Instant startedAt = null;
    Instant finishedAt = null;
    Long cookMicros = null;
    Batch batch = null;
    JsonNode result = NullNode.getInstance();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "orderId" -> orderId = JsonFields.text(json, field);
        case "dish" -> dish = JsonFields.text(json, field);
        case "table" -> table = JsonFields.textOrNull(json, field);
        case "worker" -> worker = JsonFields.text(json, field);
        case "chef" -> chef = JsonFields.smallInteger(json, field);
        case "partition" -> partition = JsonFields.smallInteger(json, field);
        case "offset" -> offset = JsonFields.integer(json, field);
        case "attempts" -> attempts = JsonFields.smallInteger(json, field);
        case "placedAt" -> placedAt = JsonFields.time(json, field);
        case "startedAt" -> startedAt = JsonFields.time(json, field);
        case "finishedAt" -> finishedAt = JsonFields.time(json, field);
        case "cookMicros" -> cookMicros = JsonFields.integer(json, field);
        case "batch" -> batch = JsonFields.batchOrNull(json);
        case "result" -> result = JsonFields.tree(json);
        default -> json.skipChildren();
      }
    }
    return new Meal(
        JsonFields.required("orderId", orderId),
        JsonFields.required("dish", dish),
        table,
        JsonFields.required("worker", worker),
        JsonFields.required("chef", chef),
        JsonFields.required("partition", partition),
        JsonFields.required("offset", offset),
        JsonFields.required("attempts", attempts),
        JsonFields.required("placedAt", placedAt),
        JsonFields.required("startedAt", startedAt),
        JsonFields.required("finishedAt", finishedAt),
        JsonFields.required("cookMicros", cookMicros),
        batch,
        result);
  }
}
