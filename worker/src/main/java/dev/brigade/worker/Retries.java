package dev.brigade.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Orders that are not to be cooked before some time: between two tries, or until their recipe's
 * rate limit lets them pass. They hold no thread, only their key. A retry whose time has come also
 * waits for the budget. Thread-safe: an order is noted and let go under one lock, so that it is
 * made ready exactly once, however short its delay.
 */
final class Retries {
  private final ScheduledExecutorService timer;
  private final KeyQueues queues;
  private final RetryBudget budget;

  // Guarded by this.
  private final Map<OpenOrder, Future<?>> waiting = new HashMap<>();
  private final Deque<OpenOrder> overBudget = new ArrayDeque<>();

  Retries(ScheduledExecutorService timer, KeyQueues queues, RetryBudget budget) {
    this.timer = timer;
    this.queues = queues;
    this.budget = budget;
  }

  /** Makes an order that failed ready again after the delay, as soon as the budget has room. */
  void retry(OpenOrder order, Duration delay) {
    schedule(order, delay.toNanos(), () -> retryIsDue(order));
  }

  /** Makes an order ready after the delay. */
  void postpone(OpenOrder order, long delayNanos) {
    schedule(order, delayNanos, () -> letGo(order));
  }

  private synchronized void schedule(OpenOrder order, long delayNanos, Runnable whenDue) {
    try {
      waiting.put(order, timer.schedule(whenDue, delayNanos, TimeUnit.NANOSECONDS));
      if (!order.assignment.isHeld()) {
        letGo(order);
      }
    } catch (RejectedExecutionException e) {
      // The worker is stopping: the order is uncommitted and is cooked again elsewhere.
      queues.ended(List.of(order));
    }
  }

  /** Retries for which the budget has room by now; to be called every few milliseconds. */
  synchronized void releaseWithinBudget() {
    while (!overBudget.isEmpty() && budget.take()) {
      queues.retryIsDue(overBudget.remove());
    }
  }

  /** Lets orders of partitions that left us go at once, so that they do not hold their keys. */
  synchronized void releaseUnlessHeld() {
    for (OpenOrder order : List.copyOf(waiting.keySet())) {
      if (!order.assignment.isHeld()) {
        letGo(order);
      }
    }
    overBudget.removeIf(
        order -> {
          if (!order.assignment.isHeld()) {
            queues.retryIsDue(order);
            return true;
          }
          return false;
        });
  }

  /** How many orders wait, for their time or for the budget. */
  synchronized int waitingOrders() {
    return waiting.size() + overBudget.size();
  }

  private synchronized void retryIsDue(OpenOrder order) {
    if (overBudget.isEmpty() && budget.take()) {
      letGo(order);
    } else if (waiting.remove(order) != null) {
      overBudget.add(order);
    }
  }

  private synchronized void letGo(OpenOrder order) {
    Future<?> timeout = waiting.remove(order);
    if (timeout != null) {
      timeout.cancel(false);
      queues.retryIsDue(order);
    }
  }
}
