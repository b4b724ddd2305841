package dev.brigade.bench.contender;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * One consumer on one thread with a transactional producer of its own: meals and offsets appear
 * together, in a transaction per {@link #INTERVAL}.
 */
final class TransactionLoop implements Loops.Loop {
  static final Duration INTERVAL = Duration.ofMillis(50);

  private static final Duration IDLE_POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Cook cook;
  private final String orders;

  /** What the open transaction commits; empty: none is open. */
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

  private long commitAt;

  TransactionLoop(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      Cook cook,
      String orders) {
    this.consumer = consumer;
    this.producer = producer;
    this.cook = cook;
    this.orders = orders;
  }

  @Override
  public void run(BooleanSupplier stopping) {
    producer.initTransactions();
    consumer.subscribe(List.of(orders), new CommitBeforeRevocation());
    while (!stopping.getAsBoolean()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(untilCommit())) {
        if (stopping.getAsBoolean()) {
          break;
        }
        cook(record);
        commitIfDue();
      }
      commitIfDue();
    }
    commit();
    consumer.close();
    producer.close();
  }

  private void cook(ConsumerRecord<byte[], byte[]> record) {
    if (offsets.isEmpty()) {
      producer.beginTransaction();
      commitAt = System.nanoTime() + INTERVAL.toNanos();
    }
    producer.send(cook.cook(record));
    offsets.put(
        new TopicPartition(record.topic(), record.partition()),
        new OffsetAndMetadata(record.offset() + 1));
  }

  private Duration untilCommit() {
    return offsets.isEmpty()
        ? IDLE_POLL
        : Duration.ofNanos(Math.max(0, commitAt - System.nanoTime()));
  }

  private void commitIfDue() {
    if (!offsets.isEmpty() && System.nanoTime() - commitAt >= 0) {
      commit();
    }
  }

  /**
   * A send that failed shows here and ends the process. Not so if the group has moved on without
   * this member: what it cooked is then cooked again by whom the partitions belong to.
   */
  private void commit() {
    if (offsets.isEmpty()) {
      return;
    }
    try {
      producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
      producer.commitTransaction();
    } catch (CommitFailedException e) {
      producer.abortTransaction();
    }
    offsets.clear();
  }

  private final class CommitBeforeRevocation implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commit();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      if (!offsets.isEmpty()) {
        producer.abortTransaction();
        offsets.clear();
      }
    }
  }
}
