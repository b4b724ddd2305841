package dev.brigade.bench.contender;

import java.util.concurrent.TimeUnit;

/** Orders done in a stretch of time, by several threads together. Thread-safe. */
final class Stretch {
  private boolean begun;
  private long from;
  private long to;
  private long orders;

  /** The time counts from the first call. */
  synchronized void begin() {
    if (!begun) {
      begun = true;
      from = System.nanoTime();
      to = from;
    }
  }

  /** Some more orders are done. */
  synchronized void add(long count) {
    orders += count;
    to = System.nanoTime();
  }

  /** What the harness reads of a limit. */
  synchronized void sayLimit() {
    double seconds = Math.max(1, to - from) / (double) TimeUnit.SECONDS.toNanos(1);
    System.out.printf("limit: %.0f%n", orders / seconds);
  }
}
