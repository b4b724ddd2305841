package dev.brigade.bench.contender;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** Threads that cook batches of orders, each thread taking the next order as it gets free. */
final class ChefPool {
  private final Cook cook;
  private final Producer<byte[], byte[]> producer;
  private final int chefs;
  private final ExecutorService threads;

  ChefPool(int chefs, Cook cook, Producer<byte[], byte[]> producer) {
    this.cook = cook;
    this.producer = producer;
    this.chefs = chefs;
    this.threads = Executors.newFixedThreadPool(chefs);
  }

  /** Returns when the brokers have acknowledged every order's meal. Thread-safe. */
  void cookAll(List<ConsumerRecord<byte[], byte[]>> orders) throws InterruptedException {
    Batch batch = new Batch(orders);
    for (int helper = Math.min(chefs, orders.size()); helper > 0; helper--) {
      threads.execute(batch);
    }
    batch.acknowledged.await();
  }

  void close() {
    threads.shutdown();
    producer.close();
  }

  private final class Batch implements Runnable {
    private final List<ConsumerRecord<byte[], byte[]>> orders;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch acknowledged;

    Batch(List<ConsumerRecord<byte[], byte[]>> orders) {
      this.orders = orders;
      this.acknowledged = new CountDownLatch(orders.size());
    }

    @Override
    public void run() {
      try {
        for (int i = next.getAndIncrement(); i < orders.size(); i = next.getAndIncrement()) {
          producer.send(cook.cook(orders.get(i)), (metadata, error) -> ended(error));
        }
      } catch (RuntimeException e) {
        ContenderProcess.fail(e);
      }
    }

    private void ended(@Nullable Exception error) {
      if (error != null) {
        ContenderProcess.fail(error);
      }
      acknowledged.countDown();
    }
  }
}
