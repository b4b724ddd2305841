package dev.brigade.bench.contender;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * One consumer on one thread, which cooks what it polls, one order after the other. While it cooks
 * a batch the meals of the batch before are being acknowledged; that one's offsets are committed
 * then, asynchronously. So it never stands still for a broker, and commits nothing too early.
 */
final class PlainLoop implements Loops.Loop {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Cook cook;
  private final String orders;
  private SentBatch uncommitted = new SentBatch();

  PlainLoop(
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
  public void run(BooleanSupplier stopping) throws Exception {
    consumer.subscribe(List.of(orders), new CommitBeforeRevocation());
    while (!stopping.getAsBoolean()) {
      SentBatch sent = cookAll(consumer.poll(POLL), stopping);
      if (!uncommitted.isEmpty()) {
        consumer.commitAsync(uncommitted.awaitAcknowledged(), null);
      }
      uncommitted = sent;
    }
    consumer.commitSync(uncommitted.awaitAcknowledged());
    consumer.close();
  }

  private SentBatch cookAll(ConsumerRecords<byte[], byte[]> records, BooleanSupplier stopping) {
    SentBatch sent = new SentBatch();
    for (TopicPartition partition : records.partitions()) {
      long next = 0;
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (stopping.getAsBoolean()) {
          break;
        }
        sent.add(producer.send(cook.cook(record)));
        next = record.offset() + 1;
      }
      if (next > 0) {
        sent.cookedUpTo(partition, next);
      }
    }
    return sent;
  }

  /** Called within poll, when the batch before is sent and no other is begun. */
  private final class CommitBeforeRevocation implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      try {
        consumer.commitSync(uncommitted.awaitAcknowledged());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
      uncommitted = new SentBatch();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      uncommitted = new SentBatch();
    }
  }
}
