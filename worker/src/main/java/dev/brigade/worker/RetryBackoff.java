package dev.brigade.worker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * How long to wait before a try: exponential with full jitter, so that orders that failed together
 * do not come back together.
 */
final class RetryBackoff {
  static final Duration BASE = Duration.ofMillis(100);
  static final Duration CAP = Duration.ofSeconds(30);

  private final LongUnaryOperator randomBelow;

  RetryBackoff() {
    this(bound -> ThreadLocalRandom.current().nextLong(bound));
  }

  /**
   * @param randomBelow a uniformly distributed number from 0 to its argument, exclusive
   */
  RetryBackoff(LongUnaryOperator randomBelow) {
    this.randomBelow = randomBelow;
  }

  /**
   * @param failedAttempts how many tries failed so far, at least 1
   */
  Duration afterFailures(int failedAttempts) {
    int doublings = Math.min(failedAttempts - 1, 30);
    long ceiling = Math.min(CAP.toMillis(), BASE.toMillis() << doublings);
    return Duration.ofMillis(randomBelow.applyAsLong(ceiling + 1));
  }
}
