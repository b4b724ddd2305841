package dev.brigade.kitchen;

import dev.brigade.audit.LogOffsets;
import dev.brigade.audit.LogReader;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Checks a kitchen from outside: reads {@code orders}, {@code meals} and {@code dead-letters} back
 * and finds what became of every order in the log. Knows nothing of who wrote them.
 */
final class LogCheck {
  private final Kitchen kitchen;
  private final @Nullable String batch;
  private final Map<Integer, PartitionCheck> checks = new TreeMap<>();

  private LogCheck(Kitchen kitchen, @Nullable String batch) {
    this.kitchen = kitchen;
    this.batch = batch;
  }

  /**
   * Reads the three topics from their beginnings to their ends as of now; what is still being
   * cooked counts as open.
   *
   * @param batch whose orders are also counted apart, if any
   */
  static LogFindings run(
      Map<String, Object> clientConfig, Kitchen kitchen, @Nullable String batch) {
    try (LogOffsets offsets = new LogOffsets(clientConfig);
        LogReader reader = new LogReader(clientConfig)) {
      return new LogCheck(kitchen, batch).read(offsets, reader);
    }
  }

  private LogFindings read(LogOffsets offsets, LogReader reader) {
    List<TopicPartition> orders = offsets.partitions(kitchen.orders());
    List<TopicPartition> meals = offsets.partitions(kitchen.meals());
    List<TopicPartition> deadLetters = offsets.partitions(kitchen.deadLetters());
    // The ends of the orders are asked for last: what ends an order is then read with that order.
    Map<TopicPartition, Long> mealsEnd = offsets.ends(meals);
    Map<TopicPartition, Long> deadLettersEnd = offsets.ends(deadLetters);
    Map<TopicPartition, Long> ordersEnd = offsets.ends(orders);
    Map<TopicPartition, Long> ordersBegin = offsets.beginnings(orders);
    ordersBegin.forEach(
        (at, begin) -> checks.put(at.partition(), new PartitionCheck(at.partition(), begin)));
    reader.read(ordersBegin, ordersEnd, this::order);
    reader.read(offsets.beginnings(meals), mealsEnd, this::meal);
    reader.read(offsets.beginnings(deadLetters), deadLettersEnd, this::deadLetter);
    return checks.values().stream()
        .map(PartitionCheck::findings)
        .reduce(LogFindings.NONE, LogFindings::plus);
  }

  /** The other topics may have more partitions than {@code orders}: what is there is no end. */
  private PartitionCheck check(ConsumerRecord<byte[], byte[]> record) {
    return checks.computeIfAbsent(record.partition(), number -> new PartitionCheck(number, 0));
  }

  private void order(ConsumerRecord<byte[], byte[]> record) {
    Order order = decode(record);
    boolean inBatch =
        batch != null && order != null && order.batch() != null && order.batch().id().equals(batch);
    check(record).order(record.offset(), record.key(), id(order), inBatch);
  }

  private void meal(ConsumerRecord<byte[], byte[]> record) {
    try {
      check(record).meal(record.key(), MealCodec.decode(record.value()));
    } catch (MalformedRecordException e) {
      check(record).unreadable(place(record) + ": " + e.getMessage());
    }
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
    try {
      DeadLetter letter = DeadLetter.read(record.headers());
      check(record).deadLetter(record.key(), id(decode(record)), kitchen.orders(), letter);
    } catch (MalformedRecordException e) {
      check(record).unreadable(place(record) + ": " + e.getMessage());
    }
  }

  /** Null where the value is no order, which is no fault of the kitchen. */
  private static @Nullable Order decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return OrderCodec.decode(record.value());
    } catch (MalformedRecordException e) {
      return null;
    }
  }

  private static String id(@Nullable Order order) {
    return order == null ? "" : order.id();
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "/" + record.partition() + "/" + record.offset();
  }
}
