package dev.brigade.worker;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The place where one chef's order is cooked, so that others can interrupt just that: an interrupt
 * reaches the chef's thread only while the recipe runs, never before or after. Thread-safe.
 */
final class Stove {
  /** Why cooking was interrupted. */
  enum Interruption {
    NONE,
    TIMED_OUT,
    CANCELLED
  }

  // Guarded by this.
  private @Nullable Thread chef;
  private @Nullable OpenOrder order;
  private long startedNanos;
  private Interruption interruption = Interruption.NONE;

  /** On the chef's thread, before the recipe runs. */
  synchronized void light(OpenOrder newOrder, long nowNanos) {
    chef = Thread.currentThread();
    order = newOrder;
    startedNanos = nowNanos;
    interruption = Interruption.NONE;
  }

  /** On the chef's thread, after the recipe ended, however it did. */
  synchronized Interruption putOut() {
    chef = null;
    order = null;
    // Whether it came from here or from the recipe itself, it must not reach the next order.
    Thread.interrupted();
    return interruption;
  }

  synchronized void interruptIfLongerThan(long timeout, TimeUnit unit) {
    if (interruption == Interruption.NONE && isLitLongerThan(timeout, unit)) {
      interrupt(Interruption.TIMED_OUT);
    }
  }

  synchronized boolean isLitLongerThan(long time, TimeUnit unit) {
    return order != null && System.nanoTime() - startedNanos > unit.toNanos(time);
  }

  /** Interrupts what is being cooked if its partition is no longer ours. */
  synchronized void cancelUnlessHeld() {
    if (order != null && !order.assignment.isHeld()) {
      interrupt(Interruption.CANCELLED);
    }
  }

  synchronized void cancel() {
    interrupt(Interruption.CANCELLED);
  }

  synchronized boolean isLit() {
    return order != null;
  }

  private void interrupt(Interruption why) {
    if (chef != null) {
      interruption = why;
      chef.interrupt();
    }
  }
}
