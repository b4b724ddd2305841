package dev.brigade.kitchen;

import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.util.List;
import java.util.Map;
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
    LogCheck check = new LogCheck(kitchen, batch);
    try (LogReader reader = new LogReader(clientConfig)) {
      LogFindings findings = LogFindings.NONE;
      int partitions = reader.partitions(kitchen.orders());
      for (int partition = 0; partition < partitions; partition++) {
        findings = findings.plus(check.partition(reader, partition));
      }
      return findings;
    }
  }

  private LogFindings partition(LogReader reader, int number) {
    TopicPartition orders = new TopicPartition(kitchen.orders(), number);
    TopicPartition meals = new TopicPartition(kitchen.meals(), number);
    TopicPartition deadLetters = new TopicPartition(kitchen.deadLetters(), number);
    // The end of the orders is taken last: an end that is read then has its order before that.
    Map<TopicPartition, Long> ends = reader.ends(List.of(meals, deadLetters));
    long ordersEnd = reader.ends(List.of(orders)).getOrDefault(orders, 0L);
    long ordersBegin = reader.beginnings(List.of(orders)).getOrDefault(orders, 0L);
    PartitionCheck check = new PartitionCheck(number, ordersBegin);
    reader.read(orders, ordersEnd, record -> order(check, record));
    reader.read(meals, ends.getOrDefault(meals, 0L), record -> meal(check, record));
    reader.read(deadLetters, ends.getOrDefault(deadLetters, 0L), r -> deadLetter(check, r));
    return check.findings();
  }

  private void order(PartitionCheck check, ConsumerRecord<byte[], byte[]> record) {
    Order order = decode(record);
    boolean inBatch =
        batch != null && order != null && order.batch() != null && order.batch().id().equals(batch);
    check.order(record.offset(), record.key(), id(order), inBatch);
  }

  private static void meal(PartitionCheck check, ConsumerRecord<byte[], byte[]> record) {
    try {
      check.meal(record.key(), MealCodec.decode(record.value()));
    } catch (MalformedRecordException e) {
      check.unreadable(place(record) + ": " + e.getMessage());
    }
  }

  private void deadLetter(PartitionCheck check, ConsumerRecord<byte[], byte[]> record) {
    try {
      DeadLetter letter = DeadLetter.read(record.headers());
      check.deadLetter(record.key(), id(decode(record)), kitchen.orders(), letter);
    } catch (MalformedRecordException e) {
      check.unreadable(place(record) + ": " + e.getMessage());
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
