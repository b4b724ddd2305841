package dev.brigade.producer;

import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Commands;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads what the topic of orders holds, from the first record on, and notes in an index which of a
 * file's orders are there. What no reader with {@code read_committed} sees is not there. Confined
 * to one thread.
 */
final class OrdersOnTopic implements AutoCloseable {
  /**
   * What a killed producer had handed to its sockets may still reach the log. When none of the
   * file's orders has come for this long, none is expected any more.
   */
  static final Duration LATE = Duration.ofSeconds(2);

  /** How long nothing may come where something must, or the file's orders may go on coming. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final String RECORDS_AT_ONCE = "5000";

  private final Consumer<byte[], byte[]> consumer;
  private final Supplier<Map<TopicPartition, Long>> ends;
  private final OrderIndex index;
  private final LongSupplier nanoTime;

  /**
   * @param consumer has its partitions and begins at their first records
   * @param ends of the log, records of open transactions included
   */
  OrdersOnTopic(
      Consumer<byte[], byte[]> consumer,
      Supplier<Map<TopicPartition, Long>> ends,
      OrderIndex index,
      LongSupplier nanoTime) {
    this.consumer = consumer;
    this.ends = ends;
    this.index = index;
    this.nanoTime = nanoTime;
  }

  static OrdersOnTopic of(ClusterConnection cluster, int partitions, OrderIndex index) {
    List<TopicPartition> all =
        IntStream.range(0, partitions)
            .mapToObj(i -> new TopicPartition(cluster.kitchen().orders(), i))
            .toList();
    Map<String, Object> config = new HashMap<>(EndsFollower.config(cluster.clientConfig()));
    config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
    Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(config);
    consumer.assign(all);
    consumer.seekToBeginning(all);
    return new OrdersOnTopic(consumer, () -> ends(cluster.admin(), all), index, System::nanoTime);
  }

  private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    ClusterConnection.await(admin.listOffsets(latest).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /**
   * Reads up to the end of the log as of now. An order behind a transaction that is open now may be
   * there all the same, so the transaction's end is waited for.
   *
   * @throws CommandFailure if the end is not reached and nothing came for {@link #PATIENCE}
   */
  void readToEnd() {
    Map<TopicPartition, Long> to = ends.get();
    long read = positions(to);
    long movedAt = nanoTime.getAsLong();
    while (!behind(to).isEmpty()) {
      poll();
      long now = nanoTime.getAsLong();
      long position = positions(to);
      if (position != read) {
        read = position;
        movedAt = now;
      } else if (now - movedAt > PATIENCE.toNanos()) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "cannot read "
                + behind(to)
                + " to the end: nothing came for "
                + PATIENCE.toSeconds()
                + " s (is a transaction open there, or a broker away?)");
      }
    }
  }

  /**
   * As {@link #readToEnd()}, and waits until none of the file's orders comes any more.
   *
   * @throws CommandFailure if they go on coming
   */
  void readToRest() {
    readToEnd();
    long began = nanoTime.getAsLong();
    long lastAt = began;
    long known = index.onTopic();
    while (nanoTime.getAsLong() - lastAt < LATE.toNanos()) {
      poll();
      if (index.onTopic() != known) {
        known = index.onTopic();
        lastAt = nanoTime.getAsLong();
        if (lastAt - began > PATIENCE.toNanos()) {
          throw new CommandFailure(
              ExitCode.FAILED,
              "the orders of this file are being sent by another producer: end it first");
        }
      }
    }
    readToEnd();
  }

  private List<TopicPartition> behind(Map<TopicPartition, Long> to) {
    return to.entrySet().stream()
        .filter(end -> position(end.getKey()) < end.getValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  private long positions(Map<TopicPartition, Long> of) {
    return of.keySet().stream().mapToLong(this::position).sum();
  }

  private long position(TopicPartition partition) {
    return asked(() -> consumer.position(partition));
  }

  private void poll() {
    asked(() -> consumer.poll(POLL)).forEach(this::note);
  }

  private static <T> T asked(Supplier<T> brokers) {
    try {
      return brokers.get();
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Commands.explain(e, "READ");
    }
  }

  private void note(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    try {
      Order order = OrderCodec.decode(value);
      index.foundOnTopic(Hash64.of(order.id()), Hash64.of(value, 0, value.length));
    } catch (MalformedRecordException e) {
      // No line of ours: those are valid.
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
