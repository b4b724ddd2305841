package dev.brigade.bench.contender;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * How many orders threads get through that do nothing but wait as long as an order cooks: as many
 * as there are orders, and not longer than {@link #BUDGET}.
 */
final class ParkLimit {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private ParkLimit() {}

  public static void main(String[] arguments) {
    ContenderProcess.run(ParkLimit::wire);
  }

  private static Work wire(Task task) {
    Settings.say("%d threads".formatted(task.concurrency()));
    AtomicLong left = new AtomicLong(orders(task));
    Stretch stretch = new Stretch();
    Loops.Loop loop = stopping -> park(task.cookMicros(), left, stretch, stopping);
    return new Loops(Collections.nCopies(task.concurrency(), loop), stretch::sayLimit);
  }

  private static long orders(Task task) {
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(Clients.consumer(task))) {
      return OrdersTopic.count(consumer, OrdersTopic.partitions(consumer, task.orders()));
    }
  }

  private static void park(
      long micros, AtomicLong left, Stretch stretch, BooleanSupplier stopping) {
    stretch.begin();
    long end = System.nanoTime() + BUDGET.toNanos();
    long parked = 0;
    while (System.nanoTime() - end < 0 && !stopping.getAsBoolean() && left.getAndDecrement() > 0) {
      Cook.sleep(micros);
      parked++;
    }
    stretch.add(parked);
  }
}
