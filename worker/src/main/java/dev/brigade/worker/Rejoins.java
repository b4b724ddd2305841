package dev.brigade.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.FencedInstanceIdException;

/**
 * Whether a worker that its group has put out may join again.
 *
 * <p>In the classic protocol the brokers make up a member's identity for each request to join. A
 * worker that is cut off asks several times, and a request that arrives after the worker has given
 * it up makes its own id another's: nobody answers for that member, but this worker is out. It
 * cannot tell that from a second worker with its id, so it joins again, a few times. Two real
 * holders of an id put each other out until the one that began it, the older, may no more.
 *
 * <p>Confined to one thread.
 */
final class Rejoins {
  /** Late requests that arrive one after the other; each joining may meet the next. */
  static final int MOST = 2;

  static final Duration WITHIN = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final Deque<Long> times = new ArrayDeque<>();

  /**
   * @param nanoTime the time now, from any origin
   */
  Rejoins(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * @param failure what the worker ended with
   */
  boolean mayRejoin(Throwable failure) {
    if (!isPutOut(failure)) {
      return false;
    }
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

  private static boolean isPutOut(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FencedInstanceIdException) {
        return true;
      }
    }
    return false;
  }
}
