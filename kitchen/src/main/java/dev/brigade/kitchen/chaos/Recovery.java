package dev.brigade.kitchen.chaos;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long work stood still because of one fault. Told of every order, of every first end and of
 * the backlog, on the thread that reads the topics; read by another.
 */
final class Recovery {
  /** What the victim sent while it was being hit is still being appended. */
  private static final long HIT_MILLIS = 200;

  /**
   * So is, for longer, what it had read before. By then it is sent or never is, and no successor
   * has started.
   */
  private static final long LAST_GASP_MILLIS = 2_000;

  private final long atMillis;
  private final Set<String> victims;
  private final Set<Integer> still;

  /** Of partitions, the first order that came after the fault. */
  private final Map<Integer, Long> firstNew = new HashMap<>();

  private final boolean newOnly;
  private final long drainedBacklog;
  private @Nullable Long firstMillis;
  private long lastMillis;
  private @Nullable Long allMillis;
  private @Nullable Long drainedMillis;

  /**
   * @param atMillis when the fault was injected, of the epoch
   * @param victims workers whose last ends of orders from before are no progress
   * @param partitions of orders that stood still
   * @param drainedBacklog orders without an end that are usual
   * @param newOnly whether only ends of orders that came after the fault are progress: what workers
   *     had read before brokers were hit, they can cook without them
   */
  Recovery(
      long atMillis,
      Set<String> victims,
      Set<Integer> partitions,
      long drainedBacklog,
      boolean newOnly) {
    this.atMillis = atMillis;
    this.victims = Set.copyOf(victims);
    this.still = new HashSet<>(partitions);
    this.drainedBacklog = drainedBacklog;
    this.newOnly = newOnly;
  }

  synchronized void ordered(int partition, long offset, long appendedAtMillis) {
    if (appendedAtMillis > atMillis) {
      firstNew.putIfAbsent(partition, offset);
    }
  }

  synchronized void ended(
      int partition, long orderOffset, String worker, long appendedAtMillis, long backlog) {
    long after = appendedAtMillis - atMillis;
    boolean old = orderOffset < firstNew.getOrDefault(partition, Long.MAX_VALUE);
    if (after <= 0 || (newOnly && old) || (victims.contains(worker) && isLastGasp(after, old))) {
      return;
    }
    if (still.remove(partition)) {
      // What is read of several partitions does not come in the order of time.
      firstMillis = firstMillis == null ? after : Math.min(firstMillis, after);
      lastMillis = Math.max(lastMillis, after);
      allMillis = still.isEmpty() ? lastMillis : null;
    }
    if (allMillis != null && drainedMillis == null && backlog <= drainedBacklog) {
      drainedMillis = Math.max(after, allMillis);
    }
  }

  private static boolean isLastGasp(long afterMillis, boolean old) {
    return afterMillis <= (old ? LAST_GASP_MILLIS : HIT_MILLIS);
  }

  /** Whether there is nothing more to be told of. */
  synchronized boolean isOver() {
    return drainedMillis != null;
  }

  /** Until the first end of one of the partitions; null if there was none. */
  synchronized @Nullable Long firstMillis() {
    return firstMillis;
  }

  /** Until each of the partitions had an end; null if one has none. */
  synchronized @Nullable Long allMillis() {
    return allMillis;
  }

  /** Until no more orders waited than usual; null if that was never so. */
  synchronized @Nullable Long drainedMillis() {
    return drainedMillis;
  }
}
