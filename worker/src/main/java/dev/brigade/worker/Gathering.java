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

  /** Over so long results are counted: within a burst of two any rate seems high. */
  private static final long WINDOW_NANOS = 10_000_000;

  private long windowBeganNanos;
  private int sentInWindow;
  private double perSecond;

  Gathering(long nowNanos) {
    windowBeganNanos = nowNanos;
  }

  /**
   * @param sent how many results were sent since the last call
   * @return how many nanoseconds to rest; 0 if at most one was sent
   */
  long restAfter(int sent, long nowNanos) {
    sentInWindow += sent;
    long elapsed = nowNanos - windowBeganNanos;
    if (elapsed >= WINDOW_NANOS) {
      perSecond = sentInWindow * 1e9 / elapsed;
      windowBeganNanos = nowNanos;
      sentInWindow = 0;
    }
    if (sent <= 1) {
      return 0;
    }
    double share = Math.min(1, perSecond / BUSY_PER_SECOND);
    return Math.max(SHORTEST_NANOS, (long) (LONGEST_NANOS * share));
  }
}
