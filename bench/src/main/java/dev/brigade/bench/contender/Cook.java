package dev.brigade.bench.contender;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The work itself, the same for every contender: an order's record in, its meal's record out.
 * Thread-safe; a chef's number is the thread's, in the order in which threads first cook.
 */
final class Cook {
  private static final long MICROS_PER_MILLI = 1_000;

  private final Task task;
  private final AtomicInteger chefs = new AtomicInteger();
  private final ThreadLocal<Integer> chef = ThreadLocal.withInitial(chefs::getAndIncrement);

  Cook(Task task) {
    this.task = task;
  }

  /**
   * @throws IllegalStateException if the record is no order; the harness loads none such
   * @throws InterruptException if the thread was told to give up
   */
  ProducerRecord<byte[], byte[]> cook(ConsumerRecord<byte[], byte[]> record) {
    Order order = decode(record);
    Instant startedAt = Instant.now();
    long started = System.nanoTime();
    sleep(order.dish().equals(Task.SLOW_DISH) ? task.slowMicros() : task.cookMicros());
    long nanos = System.nanoTime() - started;
    Meal meal =
        new Meal(
            order.id(),
            order.dish(),
            order.table(),
            task.worker(),
            chef.get(),
            record.partition(),
            record.offset(),
            1,
            order.placedAt(),
            startedAt,
            startedAt.plusNanos(nanos),
            TimeUnit.NANOSECONDS.toMicros(nanos),
            order.batch(),
            NullNode.getInstance());
    return new ProducerRecord<>(
        task.meals(), record.partition(), record.key(), MealCodec.encode(meal), record.headers());
  }

  static Order decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return OrderCodec.decode(record.value());
    } catch (MalformedRecordException e) {
      throw new IllegalStateException(
          "no order at %s-%d@%d".formatted(record.topic(), record.partition(), record.offset()), e);
    }
  }

  /** From a millisecond on the timer of a thread's sleep will do; what is shorter parks. */
  static void sleep(long micros) {
    if (micros >= MICROS_PER_MILLI) {
      try {
        TimeUnit.MICROSECONDS.sleep(micros);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    } else if (micros > 0) {
      park(TimeUnit.MICROSECONDS.toNanos(micros));
    }
  }

  private static void park(long nanos) {
    long deadline = System.nanoTime() + nanos;
    long left = nanos;
    while (left > 0) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptException("interrupted while cooking");
      }
      left = deadline - System.nanoTime();
    }
  }
}
