package dev.brigade.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a worker that its group has put out may join again.
 *
 * <p>To one with an id of its own the group says that another has the id; often that is what it
 * remembers of this worker itself.
 *
 * <p>In the classic protocol the brokers make up a member's identity for each request to join. A
 * worker that is cut off asks several times, and a request that arrives after the worker has given
 * it up makes its id another member's, for which nobody answers. Joining again takes the place of
 * that member. Two real holders of an id put each other out so until the older one, which was put
 * out first, may no more.
 *
 * <p>In the consumer protocol a member that the group has fenced, after its coordinator died for
 * example, is refused by its own earlier self until the session of that is over. Another worker
 * that has the id meanwhile keeps it, for its session does not end.
 *
 * <p>A worker with a stale coordinator may as often as it takes: each time it was patient before.
 *
 * <p>Confined to one thread.
 */
final class Rejoins {
  /** Late requests that arrive one after the other; each joining may meet the next. */
  static final int MOST = 2;

  static final Duration WITHIN = Duration.ofMinutes(1);

  /** Longer than the session of the consumer protocol, by default 45 s. */
  static final Duration SESSION_OVER = Duration.ofSeconds(60);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

  private final LongSupplier nanoTime;
  private final Deque<Long> times = new ArrayDeque<>();
  private boolean wasMember;
  private long refusedSince;
  private boolean isRefused;

  /**
   * @param nanoTime the time now, from any origin
   */
  Rejoins(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Asked each time a worker of this process has ended by a failure.
   *
   * @param wasIn whether the group had let that worker in
   * @return how long to wait before it joins again; null if it may not
   */
  @Nullable Duration pause(Throwable failure, boolean wasIn) {
    if (wasIn) {
      wasMember = true;
      isRefused = false;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FencedInstanceIdException) {
        return mayTakeItsPlaceAgain() ? Duration.ZERO : null;
      }
      if (cause instanceof StaleCoordinatorException) {
        return Duration.ZERO;
      }
      if (cause instanceof UnreleasedInstanceIdException) {
        return maySessionStillEnd() ? BETWEEN_LOOKS : null;
      }
    }
    return null;
  }

  private boolean mayTakeItsPlaceAgain() {
    long now = nanoTime.getAsLong();
    while (!times.isEmpty() && now - times.getFirst() >= WITHIN.toNanos()) {
      times.removeFirst();
    }
    if (times.size() >= MOST) {
      return false;
    }
    times.addLast(now);
    return true;
  }

  /** One that was never in has no earlier self: the id is another's. */
  private boolean maySessionStillEnd() {
    long now = nanoTime.getAsLong();
    if (!isRefused) {
      isRefused = true;
      refusedSince = now;
    }
    return wasMember && now - refusedSince < SESSION_OVER.toNanos();
  }
}
