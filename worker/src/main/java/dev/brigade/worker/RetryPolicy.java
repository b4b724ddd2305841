package dev.brigade.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a failed order is tried again before it becomes a dead letter.
 *
 * @param maxAttempts tries in all, at least 1
 * @param maxElapsed how long after the first try the last one may begin; null for any time
 * @param budget retries per order tried for the first time, at least 0, beside {@link
 *     RetryBudget#LEAST_PER_SECOND} per second: more have to wait
 */
record RetryPolicy(int maxAttempts, @Nullable Duration maxElapsed, double budget) {
  static final int DEFAULT_MAX_ATTEMPTS = 5;
  static final double DEFAULT_BUDGET = 0.2;

  /** Whether a try that may begin {@code elapsed} after the first one is allowed. */
  boolean allowsAfter(int attempts, Duration elapsed) {
    return attempts < maxAttempts && (maxElapsed == null || elapsed.compareTo(maxElapsed) <= 0);
  }
}
