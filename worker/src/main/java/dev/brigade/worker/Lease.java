package dev.brigade.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the group can still count on this worker. A session after it last heard of it, the group
 * gives its partitions to others, and a worker that does not reach the group's coordinator is not
 * told. So each answer of the coordinator renews a lease that ends before the session does, and no
 * order is begun without it: what the others cook is not cooked here at the same time.
 *
 * <p>A worker whose lease is over may have lost its partitions. The coordinator's next answer says
 * so, and the consumer hands that on in a poll: only after one is the lease renewed.
 *
 * <p>Thread-safe.
 */
final class Lease {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  /** The one that is under way, of which nobody knows what it saw, and a whole one. */
  private static final int POLLS = 2;

  private final LongSupplier answers;
  private final LongSupplier nanoTime;
  private volatile long lastsNanos;
  private volatile long renewedNanos;

  // Guarded by this.
  private long seen;
  private int pollsToGo;
  private boolean isOver;

  /**
   * @param answers how often the group's coordinator has answered so far
   * @param nanoTime the time now, from any origin
   */
  Lease(Session session, LongSupplier answers, LongSupplier nanoTime) {
    this.answers = answers;
    this.nanoTime = nanoTime;
    this.renewedNanos = nanoTime.getAsLong();
    sessionIs(session);
  }

  /** From now on. A sixth of what is left after a heartbeat is for the way of the answers. */
  void sessionIs(Session session) {
    Duration afterHeartbeat = session.timeout().minus(session.heartbeatInterval());
    lastsNanos = session.timeout().minus(afterHeartbeat.dividedBy(6)).toNanos();
  }

  boolean holds() {
    return nanoTime.getAsLong() - renewedNanos < lastsNanos;
  }

  /** To be called often. */
  synchronized void look() {
    long count = answers.getAsLong();
    boolean answered = count != seen;
    seen = count;
    if (answered && holds()) {
      renewedNanos = nanoTime.getAsLong();
    } else if (answered && pollsToGo == 0) {
      pollsToGo = POLLS;
    } else if (!isOver && seen > 0 && !holds()) {
      isOver = true;
      LOG.warn(
          "the group's coordinator has not answered for {} s: no order is begun until it does",
          TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - renewedNanos));
    }
  }

  /**
   * To be called after each poll.
   *
   * @return whether orders may be begun again from now on
   */
  synchronized boolean polled() {
    look();
    if (pollsToGo == 0 || --pollsToGo > 0) {
      return false;
    }
    if (isOver) {
      LOG.info("the group's coordinator answers again");
    }
    isOver = false;
    renewedNanos = nanoTime.getAsLong();
    return true;
  }

  /** Since the coordinator last answered. */
  double silentSeconds() {
    return (nanoTime.getAsLong() - renewedNanos) / 1e9;
  }
}
