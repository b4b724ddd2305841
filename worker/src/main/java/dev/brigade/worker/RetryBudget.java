package dev.brigade.worker;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How many retries there may be for each order tried for the first time, so that a service that
 * fails is not flooded by repetitions on top of its load. A token bucket: every first try adds
 * {@code share} tokens, every second adds {@link #LEAST_PER_SECOND}, a retry takes one. Who finds
 * none waits; nobody is turned away. Thread-safe.
 */
final class RetryBudget {
  static final int LEAST_PER_SECOND = 10;
  static final int MOST_SAVED = 1_000;

  private static final double SECOND_NANOS = 1e9;

  private final double share;
  private final LongSupplier nanoClock;
  private final LongAdder firstTries = new LongAdder();

  // Guarded by this.
  private double tokens = 10 * LEAST_PER_SECOND;
  private long countedTries;
  private long countedNanos;

  /**
   * @param share retries per first try, at least 0
   */
  RetryBudget(double share, LongSupplier nanoClock) {
    this.share = share;
    this.nanoClock = nanoClock;
    this.countedNanos = nanoClock.getAsLong();
  }

  void firstTry() {
    firstTries.increment();
  }

  /** Whether one more retry may begin now; if so it is counted. */
  synchronized boolean take() {
    long tries = firstTries.sum();
    long nanos = nanoClock.getAsLong();
    double earned =
        share * (tries - countedTries) + LEAST_PER_SECOND * ((nanos - countedNanos) / SECOND_NANOS);
    countedTries = tries;
    countedNanos = nanos;
    tokens = Math.min(MOST_SAVED, tokens + earned);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
