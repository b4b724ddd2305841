package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Json;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndRecordsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T16:35:49.123Z");
  private final EndRecords records = new EndRecords(new Kitchen("k"), "w-1");

  @Test
  void aMealKeepsKeyPartitionAndTheSendersHeaders() throws MalformedRecordException {
    Headers headers = new RecordHeaders();
    headers.add("traceparent", bytes("00-x"));
    headers.add("brigade.replays", bytes("1"));
    OpenOrder open = cooked(open(bytes("t-1"), bytes("{}"), headers));
    ProducerRecord<byte[], byte[]> record = records.meal(open, 3, TextNode.valueOf("ok"), 1_500);
    assertThat(record.topic()).isEqualTo("k.meals");
    assertThat(record.partition()).isEqualTo(7);
    assertThat(record.key()).isEqualTo(bytes("t-1"));
    assertThat(record.headers().lastHeader("traceparent").value()).isEqualTo(bytes("00-x"));
    assertThat(record.headers().lastHeader("brigade.replays")).isNull();
    Meal meal = MealCodec.decode(record.value());
    assertThat(meal.completionId()).isEqualTo(new CompletionId(7, 42));
    assertThat(meal.cookMicros()).isEqualTo(1);
    assertThat(meal.chef()).isEqualTo(3);
    assertThat(meal.finishedAt()).isAfterOrEqualTo(meal.startedAt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ü", "\"", "\n", "\uD83C\uDF54"})
  void aResultOverTheLimitIsCutToAStringThatKeepsIt(String letter) throws MalformedRecordException {
    JsonNode tooLong = TextNode.valueOf(letter.repeat(Meal.MAX_RESULT_BYTES));
    ProducerRecord<byte[], byte[]> record =
        records.meal(cooked(open(null, bytes("{}"), new RecordHeaders())), 0, tooLong, 0);
    JsonNode result = MealCodec.decode(record.value()).result();
    assertThat(result.textValue()).startsWith(letter).endsWith("…[cut]");
    assertThat(Json.write(result).length)
        .isLessThanOrEqualTo(Meal.MAX_RESULT_BYTES)
        .isGreaterThan(Meal.MAX_RESULT_BYTES / 8);
    assertThat(record.headers().lastHeader(Meal.RESULT_BYTES_HEADER).value())
        .isEqualTo(bytes(Integer.toString(Json.write(tooLong).length)));
  }

  @Test
  void aDeadLetterKeepsEveryByteOfItsOrder() throws MalformedRecordException {
    Headers headers = new RecordHeaders();
    headers.add("brigade.replays", bytes("2"));
    byte[] value = {(byte) 0xFF, 0, 1};
    ProducerRecord<byte[], byte[]> record =
        records.deadLetter(
            open(bytes("key"), value, headers), DeadLetterReason.UNDECODABLE, "not JSON", NOW);
    assertThat(record.topic()).isEqualTo("k.dead-letters");
    assertThat(record.partition()).isEqualTo(7);
    assertThat(record.key()).isEqualTo(bytes("key"));
    assertThat(record.value()).isEqualTo(value);
    assertThat(record.headers().lastHeader("brigade.replays").value()).isEqualTo(bytes("2"));
    assertThat(DeadLetter.read(record.headers()))
        .isEqualTo(
            new DeadLetter(
                DeadLetterReason.UNDECODABLE,
                "not JSON",
                0,
                "w-1",
                NOW,
                "k.orders",
                new CompletionId(7, 42)));
  }

  @Test
  void anOversizeOrderIsCutAndNamesItsLengthAndHash() throws Exception {
    byte[] value = new byte[1_500_000];
    Arrays.fill(value, (byte) 'x');
    ProducerRecord<byte[], byte[]> record =
        records.deadLetter(
            open(bytes("key"), value, new RecordHeaders()), DeadLetterReason.OVERSIZE, "big", NOW);
    assertThat(record.value()).hasSizeBetween(1_000_000, EndRecords.MAX_DEAD_LETTER_BYTES);
    assertThat(record.headers().lastHeader(DeadLetter.VALUE_BYTES).value())
        .isEqualTo(bytes("1500000"));
    assertThat(record.headers().lastHeader(DeadLetter.VALUE_SHA256).value())
        .isEqualTo(
            bytes(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value))));
  }

  @Test
  void headersAndKeysThatCannotFitAreLeftOutOfAnOversizeDeadLetter() {
    Headers headers = new RecordHeaders();
    headers.add("big", new byte[2_000_000]);
    ProducerRecord<byte[], byte[]> record =
        records.deadLetter(
            open(new byte[2_000_000], bytes("{}"), headers), DeadLetterReason.OVERSIZE, "x", NOW);
    assertThat(record.key()).isNull();
    assertThat(record.headers().lastHeader("big")).isNull();
    assertThat(record.value()).isEqualTo(bytes("{}"));
  }

  private static OpenOrder cooked(OpenOrder open) {
    open.decoded = new Order("o-1", "burger", NOW);
    open.attempts = 1;
    open.firstStartedAt = NOW;
    open.firstStartedNanos = System.nanoTime();
    return open;
  }

  private static OpenOrder open(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    return new OpenOrder(
        new ConsumerRecord<>(
            "k.orders",
            7,
            42,
            0,
            TimestampType.LOG_APPEND_TIME,
            key == null ? -1 : key.length,
            value == null ? -1 : value.length,
            key,
            value,
            headers,
            Optional.empty()),
        new Assignment(new TopicPartition("k.orders", 7)),
        Ordering.KEY);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
