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
 * <p>A coordinator that the other brokers do not reach goes on answering, but commits nothing, and
 * the next one does not hear of this worker. So the lease ends as well when that long has passed
 * since a commit that failed, and none has been acknowledged after it.
 *
 * <p>Thread-safe.
 */
final class Lease implements PlainCommits.Outcome {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  /** The one that is under way, of which nobody knows what it saw, and a whole one. */
  private static final int POLLS = 2;

  private final LongSupplier answers;
  private final LongSupplier nanoTime;
  private volatile long lastsNanos;
  private volatile long renewedNanos;
  private volatile long uncommittedNanos;
  private volatile boolean isCommitted = true;

  // Guarded by this.
  private long seen;
  private int pollsToGo;
  private boolean mayBeginAgain;
  private boolean isOver;

  /**
   * @param answers how often the group's coordinator has answered so far
   * @param nanoTime the time now, from any origin, but the same as for commits
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
    return silentNanos() < lastsNanos;
  }

  private long silentNanos() {
    long now = nanoTime.getAsLong();
    return Math.max(now - renewedNanos, isCommitted ? 0 : now - uncommittedNanos);
  }

  /** To be called often. */
  synchronized void look() {
    long count = answers.getAsLong();
    boolean answered = count != seen;
    seen = count;
    long now = nanoTime.getAsLong();
    if (answered && now - renewedNanos < lastsNanos) {
      renewedNanos = now;
    } else if (answered && pollsToGo == 0) {
      pollsToGo = POLLS;
    }
    boolean isSilent = seen > 0 && pollsToGo == 0;
    if (!isOver && (isSilent || !isCommitted) && !holds()) {
      isOver = true;
      LOG.warn(
          "the group's coordinator has not {} for {} s: no order is begun until it does",
          isCommitted ? "answered" : "acknowledged a commit",
          TimeUnit.NANOSECONDS.toSeconds(silentNanos()));
    }
  }

  @Override
  public synchronized void failed(long sentNanos) {
    if (isCommitted) {
      uncommittedNanos = sentNanos;
      isCommitted = false;
    }
  }

  @Override
  public synchronized void madeUpFor() {
    mayBeginAgain |= !holds();
    isCommitted = true;
  }

  /**
   * To be called after each poll.
   *
   * @return whether orders may be begun again from now on
   */
  synchronized boolean polled() {
    look();
    if (pollsToGo > 0 && --pollsToGo == 0) {
      renewedNanos = nanoTime.getAsLong();
      mayBeginAgain = true;
    }
    if (!mayBeginAgain || !holds()) {
      return false;
    }
    mayBeginAgain = false;
    if (isOver) {
      LOG.info("the group's coordinator answers again");
    }
    isOver = false;
    return true;
  }

  /** Since the coordinator last answered, or since it acknowledges no commit. */
  double silentSeconds() {
    return silentNanos() / 1e9;
  }
}
