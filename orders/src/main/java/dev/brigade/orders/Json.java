package dev.brigade.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one way JSON is read and written here. What others wrote is read within limits (depth 64,
 * string 900 KiB, number 64 digits, duplicate keys refused, nothing after the value), so that no
 * record can cost more than its size. Decimal numbers keep their digits: a price survives the trip.
 */
public final class Json {
  public static final int MAX_DEPTH = 64;
  public static final int MAX_NUMBER_CHARS = 64;
  public static final int MAX_STRING_CHARS = 900 * 1024;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxStringLength(MAX_STRING_CHARS)
                  .maxNameLength(MAX_STRING_CHARS)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          // Names in payloads are the senders' choice and would stay in the JVM's string table.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // Four bytes of UTF-8 instead of twelve of escapes, so that no order grows on its way.
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  /**
   * Thread-safe. Unknown fields are ignored; absent and null fields are not written; no value is
   * bent into another type. It refuses anything after a value, also in the middle of a stream.
   */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule("brigade").addDeserializer(Instant.class, new TimeDeserializer()))
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfigDefaults(
              any -> any.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private static final ObjectReader IN_STREAM =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a " + value.getClass().getSimpleName() + " has JSON", e);
    }
  }

  public static String writeText(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a " + value.getClass().getSimpleName() + " has JSON", e);
    }
  }

  /**
   * @param json a record's value; null and empty are refused like any other bytes without JSON
   * @throws MalformedRecordException if the bytes are not this type's JSON, with the reason
   */
  public static <T> T read(byte @Nullable [] json, Class<T> type) throws MalformedRecordException {
    byte[] bytes = requireBytes(json);
    ObjectReader reader = IN_STREAM.forType(type);
    return read(
        bytes,
        0,
        bytes.length,
        parser -> {
          JsonFields.requireObject(parser);
          return reader.readValue(parser);
        });
  }

  /**
   * @throws MalformedRecordException if the bytes are not exactly one JSON value within the limits
   */
  public static JsonNode readTree(byte[] json) throws MalformedRecordException {
    byte[] bytes = requireBytes(json);
    return read(
        bytes,
        0,
        bytes.length,
        parser -> {
          JsonFields.requireValue(parser);
          return JsonFields.tree(parser);
        });
  }

  static byte[] requireBytes(byte @Nullable [] value) throws MalformedRecordException {
    if (value == null || value.length == 0) {
      throw MalformedRecordException.undecodable("the record has no value");
    }
    return value;
  }

  /** Reads the one value of a stream and leaves the parser on its last token. */
  @FunctionalInterface
  interface ValueReader<T> {
    /**
     * @throws IllegalArgumentException if the JSON breaks a rule of the record
     */
    T read(JsonParser json) throws IOException, MalformedRecordException;
  }

  /** Everything that reads records comes through here, so that the limits hold for all of them. */
  static <T> T read(byte[] buffer, int offset, int length, ValueReader<T> reader)
      throws MalformedRecordException {
    Utf8.require(buffer, offset, length);
    try (JsonParser json = MAPPER.createParser(buffer, offset, length)) {
      T value = reader.read(json);
      requireEnd(json);
      return value;
    } catch (IOException e) {
      throw wellFormed(buffer, offset, length, MalformedRecordException.from(e));
    } catch (IllegalArgumentException e) {
      throw wellFormed(
          buffer, offset, length, MalformedRecordException.invalid(String.valueOf(e.getMessage())));
    } catch (MalformedRecordException e) {
      throw wellFormed(buffer, offset, length, e);
    }
  }

  /**
   * Reading stops at the first broken rule, but whether the bytes are JSON at all must not depend
   * on the order of their fields: what follows is looked at too.
   *
   * @return the given exception, or the one for bytes that are not JSON
   */
  private static MalformedRecordException wellFormed(
      byte[] buffer, int offset, int length, MalformedRecordException e) {
    if (!e.isDecodable()) {
      return e;
    }
    try (JsonParser json = MAPPER.createParser(buffer, offset, length)) {
      JsonFields.requireValue(json);
      json.skipChildren();
      requireEnd(json);
      return e;
    } catch (IOException notJson) {
      return MalformedRecordException.from(notJson);
    } catch (MalformedRecordException notJson) {
      return notJson;
    }
  }

  private static void requireEnd(JsonParser json) throws IOException, MalformedRecordException {
    if (json.nextToken() != null) {
      throw MalformedRecordException.undecodable("something follows the JSON value");
    }
  }

  /**
   * Why no reader would take a value, or null if all of them do.
   *
   * @param depth how many levels of arrays and objects it may have
   */
  static @Nullable String objection(JsonNode value, int depth) {
    if (value.isContainerNode()) {
      if (depth == 0) {
        return "is nested too deeply";
      }
      for (JsonNode child : value) {
        String objection = objection(child, depth - 1);
        if (objection != null) {
          return objection;
        }
      }
      return null;
    }
    if (value.isBigDecimal() || value.isBigInteger()) {
      return digits(value.asText()) > MAX_NUMBER_CHARS
          ? "holds a number of more than " + MAX_NUMBER_CHARS + " digits"
          : null;
    }
    return value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())
        ? "holds a number that JSON does not have"
        : null;
  }

  private static long digits(String number) {
    return number.chars().filter(Character::isDigit).count();
  }
}
