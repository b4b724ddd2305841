package dev.brigade.bench.contender;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;

/**
 * One share consumer on one thread, which has what it polls cooked by a pool. Every order of a poll
 * must be acknowledged before the next, so a slow one holds up those polled after it.
 */
final class ShareLoop implements Loops.Loop {
  private static final Duration POLL = Duration.ofMillis(100);

  private final ShareConsumer<byte[], byte[]> consumer;
  private final ChefPool pool;
  private final String orders;

  ShareLoop(ShareConsumer<byte[], byte[]> consumer, ChefPool pool, String orders) {
    this.consumer = consumer;
    this.pool = pool;
    this.orders = orders;
  }

  /** An acknowledgement goes to the broker with the next fetch; the last with the commit. */
  @Override
  public void run(BooleanSupplier stopping) throws InterruptedException {
    consumer.subscribe(List.of(orders));
    while (!stopping.getAsBoolean()) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
      polled.forEach(records::add);
      pool.cookAll(records);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        consumer.acknowledge(record, AcknowledgeType.ACCEPT);
      }
    }
    consumer.commitSync();
    consumer.close();
  }
}
