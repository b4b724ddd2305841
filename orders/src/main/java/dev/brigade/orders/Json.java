package dev.brigade.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

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
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();

  /** Thread-safe. Unknown fields are ignored; absent and null fields are not written. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

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
   * @throws MalformedRecordException if the bytes are not this type's JSON, with the reason
   */
  public static <T> T read(byte[] json, Class<T> type) throws MalformedRecordException {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw MalformedRecordException.invalid("expected a JSON object, found null");
      }
      return value;
    } catch (IOException e) {
      throw MalformedRecordException.from(e);
    }
  }

  /**
   * @throws MalformedRecordException if the bytes are not exactly one JSON value within the limits
   */
  public static JsonNode readTree(byte[] json) throws MalformedRecordException {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw MalformedRecordException.from(e);
    }
  }
}
