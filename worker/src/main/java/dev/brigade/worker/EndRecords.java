package dev.brigade.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Json;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Writes the record that ends an order: same key byte for byte, same partition number, the sender's
 * headers along. Thread-safe, stateless.
 */
final class EndRecords {
  /** What a dead letter may have altogether: below the brokers' default limit of 1,048,588. */
  static final int MAX_DEAD_LETTER_BYTES = 1_040_000;

  /** Room for our own headers. */
  private static final int OUR_HEADER_BYTES = 4 * 1024;

  private static final String CUT_MARK = "…[cut]";

  private final String mealsTopic;
  private final String deadLettersTopic;
  private final String worker;

  EndRecords(Kitchen kitchen, String worker) {
    this.mealsTopic = kitchen.meals();
    this.deadLettersTopic = kitchen.deadLetters();
    this.worker = worker;
  }

  /**
   * @param cookNanos how long the successful try took
   */
  ProducerRecord<byte[], byte[]> meal(OpenOrder open, int chef, JsonNode result, long cookNanos) {
    Instant startedAt = Objects.requireNonNull(open.firstStartedAt);
    Instant finishedAt = startedAt.plusNanos(System.nanoTime() - open.firstStartedNanos);
    return meal(open, chef, result, cookNanos, finishedAt);
  }

  /**
   * @param finishedAt when the successful try ended
   */
  ProducerRecord<byte[], byte[]> meal(
      OpenOrder open, int chef, JsonNode result, long cookNanos, Instant finishedAt) {
    ConsumerRecord<byte[], byte[]> record = open.record;
    Order order = Objects.requireNonNull(open.decoded);
    Instant startedAt = Objects.requireNonNull(open.firstStartedAt);
    JsonNode bounded = bounded(result);
    Meal meal =
        new Meal(
            order.id(),
            order.dish(),
            order.table(),
            worker,
            chef,
            record.partition(),
            record.offset(),
            open.attempts,
            order.placedAt(),
            startedAt,
            finishedAt,
            cookNanos / 1_000,
            order.batch(),
            bounded);
    return new ProducerRecord<>(
        mealsTopic,
        record.partition(),
        record.key(),
        MealCodec.encode(meal),
        mealHeaders(record.headers(), result, bounded));
  }

  /** The order's bytes untouched, except where they cannot fit: then cut, with length and hash. */
  ProducerRecord<byte[], byte[]> deadLetter(
      OpenOrder open, DeadLetterReason reason, String error, Instant at) {
    ConsumerRecord<byte[], byte[]> record = open.record;
    DeadLetter letter =
        new DeadLetter(
            reason, error, open.attempts, worker, at, record.topic(), open.completionId());
    byte @Nullable [] key = record.key();
    byte @Nullable [] value = record.value();
    Headers headers = new RecordHeaders(record.headers().toArray());
    if (reason == DeadLetterReason.OVERSIZE) {
      int room = MAX_DEAD_LETTER_BYTES - OUR_HEADER_BYTES;
      if (key != null && key.length > room) {
        key = null;
      }
      room -= key == null ? 0 : key.length;
      if (RecordSize.headerBytes(headers) > room) {
        headers = new RecordHeaders();
      }
      room -= RecordSize.headerBytes(headers);
      if (value != null) {
        put(headers, DeadLetter.VALUE_BYTES, Integer.toString(value.length));
        put(headers, DeadLetter.VALUE_SHA256, sha256(value));
        value = value.length > room ? Arrays.copyOf(value, room) : value;
      }
    }
    letter.writeTo(headers);
    return new ProducerRecord<>(deadLettersTopic, record.partition(), key, value, headers);
  }

  /** The sender's, and one with the size of a result that was cut. */
  private static List<Header> mealHeaders(Headers headers, JsonNode result, JsonNode bounded) {
    Header[] all = headers.toArray();
    if (all.length == 0 && result == bounded) {
      return List.of();
    }
    List<Header> kept = new ArrayList<>(all.length + 1);
    for (Header header : all) {
      if (!header.key().startsWith(DeadLetter.HEADER_PREFIX)) {
        kept.add(header);
      }
    }
    if (result != bounded) {
      String bytes = Integer.toString(Json.write(result).length);
      kept.add(new RecordHeader(Meal.RESULT_BYTES_HEADER, bytes.getBytes(StandardCharsets.UTF_8)));
    }
    return kept;
  }

  private static JsonNode bounded(JsonNode result) {
    if (result.isMissingNode() || result.isNull() || result.isNumber() || result.isBoolean()) {
      return result;
    }
    byte[] json = Json.write(result);
    if (json.length <= Meal.MAX_RESULT_BYTES) {
      return result;
    }
    String text =
        result.isTextual() ? result.textValue() : new String(json, StandardCharsets.UTF_8);
    return cut(text);
  }

  /** The longest beginning whose JSON string, escapes included, keeps the limit. */
  private static TextNode cut(String text) {
    int limit = Meal.MAX_RESULT_BYTES;
    TextNode cut;
    do {
      cut = TextNode.valueOf(Text.cutToUtf8Bytes(text, limit) + CUT_MARK);
      limit -= Math.max(16, (Json.write(cut).length - Meal.MAX_RESULT_BYTES) / 6);
    } while (Json.write(cut).length > Meal.MAX_RESULT_BYTES);
    return cut;
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
