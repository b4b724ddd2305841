package dev.brigade.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Orders between two tries: they hold no thread, only their key. Thread-safe: an order is noted and
 * let go under one lock, so that it is made ready exactly once, however short its delay.
 */
final class Retries {
  private final ScheduledExecutorService timer;
  private final KeyQueues queues;
  private final Map<OpenOrder, Future<?>> waiting = new HashMap<>();

  Retries(ScheduledExecutorService timer, KeyQueues queues) {
    this.timer = timer;
    this.queues = queues;
  }

  /** Makes the order ready again after the delay. */
  synchronized void schedule(OpenOrder order, Duration delay) {
    try {
      waiting.put(order, timer.schedule(() -> due(order), delay.toNanos(), TimeUnit.NANOSECONDS));
      if (!order.assignment.isHeld()) {
        due(order);
      }
    } catch (RejectedExecutionException e) {
      // The worker is stopping: the order is uncommitted and is cooked again elsewhere.
      queues.ended(order);
    }
  }

  /** Lets orders of partitions that left us go at once, so that they do not hold their keys. */
  synchronized void releaseUnlessHeld() {
    for (OpenOrder order : List.copyOf(waiting.keySet())) {
      if (!order.assignment.isHeld()) {
        due(order);
      }
    }
  }

  /** Orders between two tries. */
  synchronized int waiting() {
    return waiting.size();
  }

  private synchronized void due(OpenOrder order) {
    Future<?> timeout = waiting.remove(order);
    if (timeout != null) {
      timeout.cancel(false);
      queues.retryIsDue(order);
    }
  }
}
