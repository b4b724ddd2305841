package dev.brigade.orders;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The typed fields that orders and meals share, read from and written to a JSON stream. */
final class JsonFields {
  /** Reads one value out of a stream that goes on; {@link Json#MAPPER} wants nothing after it. */
  private static final ObjectReader TREE =
      Json.MAPPER.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonFields() {}

  static void requireObject(JsonParser json) throws IOException, MalformedRecordException {
    JsonToken first = requireValue(json);
    if (first != JsonToken.START_OBJECT) {
      throw MalformedRecordException.invalid("expected a JSON object, found " + kind(first));
    }
  }

  static JsonToken requireValue(JsonParser json) throws IOException, MalformedRecordException {
    JsonToken first = json.nextToken();
    if (first == null) {
      throw MalformedRecordException.undecodable("the record has no JSON value");
    }
    return first;
  }

  static <T> T required(String field, @Nullable T value) throws MalformedRecordException {
    if (value == null) {
      throw MalformedRecordException.invalid(field + " is missing");
    }
    return value;
  }

  static String text(JsonParser json, String field) throws IOException, MalformedRecordException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw wrongType(json, field, "a string");
    }
    return json.getText();
  }

  static @Nullable String textOrNull(JsonParser json, String field)
      throws IOException, MalformedRecordException {
    return json.currentToken() == JsonToken.VALUE_NULL ? null : text(json, field);
  }

  static Instant time(JsonParser json, String field) throws IOException, MalformedRecordException {
    String text = text(json, field);
    try {
      return Rfc3339.parse(text);
    } catch (DateTimeException e) {
      throw MalformedRecordException.invalid(field + ": " + e.getMessage());
    }
  }

  static @Nullable Instant timeOrNull(JsonParser json, String field)
      throws IOException, MalformedRecordException {
    return json.currentToken() == JsonToken.VALUE_NULL ? null : time(json, field);
  }

  static long integer(JsonParser json, String field) throws IOException, MalformedRecordException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrongType(json, field, "an integer");
    }
    try {
      return json.getLongValue();
    } catch (InputCoercionException e) {
      throw outOfRange(json, field);
    }
  }

  static int smallInteger(JsonParser json, String field)
      throws IOException, MalformedRecordException {
    long value = integer(json, field);
    if (value != (int) value) {
      throw outOfRange(json, field);
    }
    return (int) value;
  }

  private static MalformedRecordException outOfRange(JsonParser json, String field)
      throws IOException {
    return MalformedRecordException.invalid(field + " is out of range: " + json.getText());
  }

  static JsonNode tree(JsonParser json) throws IOException, MalformedRecordException {
    // What needs no tree is read without the mapper, which sets up much for each value.
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return NullNode.getInstance();
    }
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return TextNode.valueOf(json.getText());
    }
    try {
      JsonNode tree = TREE.readTree(json);
      return tree == null ? NullNode.getInstance() : tree;
    } catch (NumberFormatException e) {
      throw MalformedRecordException.undecodable(
          "JSON beyond the limits: a number with too large an exponent");
    }
  }

  static @Nullable Batch batchOrNull(JsonParser json) throws IOException, MalformedRecordException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw wrongType(json, "batch", "an object");
    }
    String id = null;
    Long size = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = text(json, "batch.id");
        case "size" -> size = integer(json, "batch.size");
        default -> json.skipChildren();
      }
    }
    return new Batch(required("batch.id", id), required("batch.size", size));
  }

  /** As {@link JsonGenerator#writeTree}, which flushes and sets up much even for a null. */
  static void writeTree(JsonGenerator json, String field, JsonNode tree) throws IOException {
    json.writeFieldName(field);
    if (tree.isNull()) {
      json.writeNull();
    } else if (tree.isTextual()) {
      json.writeString(tree.textValue());
    } else {
      json.writeTree(tree);
    }
  }

  /**
   * @param buffer {@link Rfc3339#MAX_CHARS} long; reused for each time of a record
   */
  static void writeTime(JsonGenerator json, String field, Instant time, char[] buffer)
      throws IOException {
    json.writeFieldName(field);
    json.writeString(buffer, 0, Rfc3339.write(time, buffer));
  }

  static void writeBatch(JsonGenerator json, @Nullable Batch batch) throws IOException {
    if (batch != null) {
      json.writeObjectFieldStart("batch");
      json.writeStringField("id", batch.id());
      json.writeNumberField("size", batch.size());
      json.writeEndObject();
    }
  }

  private static MalformedRecordException wrongType(JsonParser json, String field, String wanted) {
    JsonToken found = json.currentToken();
    return MalformedRecordException.invalid(
        field + " must be " + wanted + ", found " + (found == null ? "nothing" : kind(found)));
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }
}
