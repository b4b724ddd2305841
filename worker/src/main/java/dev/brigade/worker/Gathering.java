package dev.brigade.worker;

/**
 * How long the pass rests after it sent something, so that what comes meanwhile is sent together:
 * the more results per second, the longer. When few come, a rest would only delay them; when many
 * do, each of them waits far longer for its turn than for the pass, and larger batches spare the
 * producer's thread and the brokers up to a tenth of their work. Confined to the pass's thread.
 */
final class Gathering {
  /** Several chefs who end at the same moment are worth that much waiting. */
  static final long SHORTEST_NANOS = 300_000;

  static final long LONGEST_NANOS = 4_000_000;

  /** From so many results per second on the rest is the longest. */
  private static final double BUSY_PER_SECOND = 40_000;

  /** Each round moves the average by this part of the difference. */
  private static final double WEIGHT = 1.0 / 8;

  private long lastNanos;
  private double perSecond;

  Gathering(long nowNanos) {
    lastNanos = nowNanos;
  }

  /**
   * @param sent how many results were sent since the last call
   * @return how many nanoseconds to rest; 0 if at most one was sent
   */
  long restAfter(int sent, long nowNanos) {
    long elapsed = Math.max(1, nowNanos - lastNanos);
    lastNanos = nowNanos;
    perSecond += WEIGHT * (sent * 1e9 / elapsed - perSecond);
    if (sent <= 1) {
      return 0;
    }
    double share = Math.min(1, perSecond / BUSY_PER_SECOND);
    return Math.max(SHORTEST_NANOS, (long) (LONGEST_NANOS * share));
  }
}
