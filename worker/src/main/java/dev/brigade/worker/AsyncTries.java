package dev.brigade.worker;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tries that are open without a chef. Each goes back to the chefs when it has ended, so that
 * neither the thread that completes a stage nor the timer judges it or runs more of the recipe's
 * code. Beginning and ending one cost O(1), however many are open. Thread-safe.
 */
final class AsyncTries {
  /** How often a try is looked at until it is overdue; it may take that share longer. */
  private static final int LOOKS = 100;

  private final KeyQueues queues;
  private final long timeoutNanos;
  private final Set<AsyncTry> open = ConcurrentHashMap.newKeySet();

  /** Confined to the thread that looks. */
  private long lookedNanos = System.nanoTime();

  AsyncTries(KeyQueues queues, Duration timeout) {
    this.queues = queues;
    this.timeoutNanos = timeout.toNanos();
  }

  /**
   * From now on the try can be interrupted; its chef then calls {@link #leaveOpen}.
   *
   * @return null if there is no stage
   */
  @Nullable AsyncTry begin(
      OpenOrder order,
      GuardedRecipe recipe,
      long startedNanos,
      @Nullable CompletionStage<CookResult> stage) {
    if (stage == null) {
      return null;
    }
    AsyncTry begun = new AsyncTry(order, recipe, startedNanos, stage, this::ended);
    open.add(begun);
    try {
      stage.whenComplete(begun::completed);
    } catch (Throwable e) {
      begun.completed(null, e);
    }
    return begun;
  }

  /**
   * @return false if it has ended already: its chef is to judge it
   */
  boolean leaveOpen(AsyncTry begun) {
    if (begun.leaveOpen()) {
      return true;
    }
    open.remove(begun);
    return false;
  }

  private void ended(AsyncTry ended) {
    open.remove(ended);
    ended.order.endedTry = ended;
    queues.tryEnded(ended.order);
  }

  /** Interrupts what takes longer than the timeout; to be called every few milliseconds. */
  void look() {
    long now = System.nanoTime();
    if (now - lookedNanos < timeoutNanos / LOOKS) {
      return;
    }
    lookedNanos = now;
    for (AsyncTry each : open) {
      if (each.isLongerThan(timeoutNanos)) {
        each.interrupt(Stove.Interruption.TIMED_OUT);
      }
    }
  }

  /** Interrupts those whose partitions are leaving or gone. */
  void cancelUnlessHeld() {
    for (AsyncTry each : open) {
      if (!each.order.assignment.isHeld()) {
        each.interrupt(Stove.Interruption.CANCELLED);
      }
    }
  }

  void cancelAll() {
    open.forEach(each -> each.interrupt(Stove.Interruption.CANCELLED));
  }

  /** How many are open. */
  int size() {
    return open.size();
  }
}
