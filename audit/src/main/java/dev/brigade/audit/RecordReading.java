package dev.brigade.audit;

import dev.brigade.orders.Activity;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Json;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Turns records of a kitchen's topics into what takes part in the invariants. Not thread-safe. */
final class RecordReading {
  /** Of a value that is no order. */
  private static final String NONE = "";

  private static final String NO_DISH = "";

  private final Kitchen kitchen;
  private final SeenRecords seen;
  private final Hashes hashes = new Hashes();

  /** Few workers and dishes, millions of meals. */
  private final Map<String, String> names = new HashMap<>();

  RecordReading(Kitchen kitchen, SeenRecords seen) {
    this.kitchen = kitchen;
    this.seen = seen;
  }

  void read(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    try {
      if (topic.equals(kitchen.orders())) {
        seen.order(record.partition(), order(record));
      } else if (topic.equals(kitchen.meals())) {
        seen.meal(record.partition(), meal(record, MealCodec.decode(record.value())));
      } else if (topic.equals(kitchen.deadLetters())) {
        DeadLetter letter = DeadLetter.read(record.headers());
        seen.deadLetter(record.partition(), deadLetter(record, letter));
      } else if (topic.equals(kitchen.activity())) {
        seen.activity(Json.read(record.value(), Activity.class));
      } else if (topic.equals(kitchen.latency())) {
        seen.window(Json.read(record.value(), LatencyWindow.class));
      }
    } catch (MalformedRecordException e) {
      seen.unreadable(
          "%s/%d/%d: %s".formatted(topic, record.partition(), record.offset(), e.getMessage()));
    }
  }

  private OrderSeen order(ConsumerRecord<byte[], byte[]> record) {
    Order order = decode(record.value());
    String id = id(order);
    return new OrderSeen(
        record.offset(),
        id,
        order == null ? NO_DISH : name(order.dish()),
        key(record.key(), id),
        hashes.of(record.value()),
        hashes.ofIdentity(record.key(), id),
        record.timestamp());
  }

  private long key(byte @Nullable [] key, String id) {
    if (key != null) {
      return hashes.of(key);
    }
    return id.isEmpty() ? OrderSeen.ALONE : hashes.of(id.getBytes(StandardCharsets.UTF_8));
  }

  private EndSeen meal(ConsumerRecord<byte[], byte[]> record, Meal meal) {
    return new EndSeen(
        record.offset(),
        orderOffset(record, kitchen.orders(), meal.completionId()),
        name(meal.worker()),
        name(meal.dish()),
        hashes.ofIdentity(record.key(), meal.orderId()),
        record.timestamp(),
        micros(meal.startedAt()),
        micros(meal.finishedAt()),
        micros(meal.placedAt(), meal.finishedAt()),
        micros(meal.placedAt(), meal.startedAt()),
        meal.cookMicros());
  }

  private EndSeen deadLetter(ConsumerRecord<byte[], byte[]> record, DeadLetter letter) {
    boolean cut = letter.reason() == DeadLetterReason.OVERSIZE;
    return new EndSeen(
        record.offset(),
        orderOffset(record, letter.originTopic(), letter.origin()),
        name(letter.worker()),
        NO_DISH,
        cut
            ? EndSeen.UNKNOWN_IDENTITY
            : hashes.ofIdentity(record.key(), id(decode(record.value()))),
        record.timestamp(),
        0,
        0,
        0,
        0,
        0);
  }

  private long orderOffset(
      ConsumerRecord<byte[], byte[]> end, String topic, CompletionId completion) {
    return topic.equals(kitchen.orders()) && completion.partition() == end.partition()
        ? completion.offset()
        : EndSeen.ASTRAY;
  }

  private static @Nullable Order decode(byte @Nullable [] value) {
    try {
      return OrderCodec.decode(value);
    } catch (MalformedRecordException e) {
      return null; // Anything may be sent to orders; what became of it is what counts.
    }
  }

  private static String id(@Nullable Order order) {
    return order == null ? NONE : order.id();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** Whole microseconds; of a negative time only that it is one. */
  private static long micros(Instant from, Instant to) {
    Duration between = Duration.between(from, to);
    return between.isNegative()
        ? -1
        : between.toSeconds() * 1_000_000 + between.toNanosPart() / 1000;
  }

  private String name(String name) {
    return names.computeIfAbsent(name, same -> same);
  }
}
