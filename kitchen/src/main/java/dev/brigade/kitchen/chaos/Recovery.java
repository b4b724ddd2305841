package dev.brigade.kitchen.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long work stood still because of one fault. Told of every order and of every first end, on
 * the thread that reads the topics; read by another.
 *
 * <p>What is read of several partitions does not come in the order of time, and while brokers are
 * away by far: of each partition the earliest end counts, whenever it is read, and an end that is
 * read before its order is judged when that is known.
 */
final class Recovery {
  /** What the victim sent while it was being hit is still being appended. */
  private static final long HIT_MILLIS = 200;

  /**
   * So is, for longer, what it had read before. By then it is sent or never is, and no successor
   * has started.
   */
  private static final long LAST_GASP_MILLIS = 2_000;

  /** No partition is read later than this. */
  private static final long SETTLED_MILLIS = 60_000;

  private final long atMillis;
  private final Set<String> victims;
  private final Set<Integer> partitions;

  /** Of partitions, the first order that came after the fault. */
  private final Map<Integer, Long> firstNew = new HashMap<>();

  /** Of partitions, ends that are progress only if their orders came after the fault. */
  private final Map<Integer, List<End>> early = new HashMap<>();

  /** Of partitions that went on, milliseconds until then. */
  private final Map<Integer, Long> progress = new HashMap<>();

  private final boolean newOnly;
  private final long usualBacklog;
  private long lastSeenMillis;

  private record End(long orderOffset, String worker, long afterMillis) {}

  /**
   * @param atMillis when the fault was injected, of the epoch
   * @param victims workers whose last ends of orders from before are no progress
   * @param partitions of orders that stood still
   * @param usualBacklog orders without an end that are usual
   * @param newOnly whether only ends of orders that came after the fault are progress: what workers
   *     had read before brokers were hit, they can cook without them
   */
  Recovery(
      long atMillis,
      Set<String> victims,
      Set<Integer> partitions,
      long usualBacklog,
      boolean newOnly) {
    this.atMillis = atMillis;
    this.victims = Set.copyOf(victims);
    this.partitions = Set.copyOf(partitions);
    this.usualBacklog = usualBacklog;
    this.newOnly = newOnly;
  }

  synchronized void ordered(int partition, long offset, long appendedAtMillis) {
    if (appendedAtMillis > atMillis && firstNew.putIfAbsent(partition, offset) == null) {
      List<End> judged = early.remove(partition);
      if (judged != null) {
        judged.forEach(end -> ended(partition, end));
      }
    }
  }

  synchronized void ended(int partition, long orderOffset, String worker, long appendedAtMillis) {
    lastSeenMillis = Math.max(lastSeenMillis, appendedAtMillis);
    if (appendedAtMillis > atMillis && partitions.contains(partition)) {
      ended(partition, new End(orderOffset, worker, appendedAtMillis - atMillis));
    }
  }

  private void ended(int partition, End end) {
    Long first = firstNew.get(partition);
    boolean old = first == null || end.orderOffset() < first;
    if (isProgress(end, old)) {
      progress.merge(partition, end.afterMillis(), Math::min);
    } else if (first == null && isProgress(end, false)) {
      early.computeIfAbsent(partition, none -> new ArrayList<>()).add(end);
    }
  }

  private boolean isProgress(End end, boolean old) {
    boolean lastGasp =
        victims.contains(end.worker())
            && end.afterMillis() <= (old ? LAST_GASP_MILLIS : HIT_MILLIS);
    return !lastGasp && !(newOnly && old);
  }

  /** Whether there is nothing more to be told of. */
  synchronized boolean isOver() {
    Long all = allMillis();
    return all != null && lastSeenMillis - atMillis > all + SETTLED_MILLIS;
  }

  /** When the fault was injected, of the epoch. */
  long atMillis() {
    return atMillis;
  }

  /** Orders without an end that are usual. */
  long usualBacklog() {
    return usualBacklog;
  }

  /** Until the first end of one of the partitions; null if there was none. */
  synchronized @Nullable Long firstMillis() {
    return progress.isEmpty() ? null : Collections.min(progress.values());
  }

  /** Until each of the partitions had an end; null if one has none. */
  synchronized @Nullable Long allMillis() {
    return progress.size() < partitions.size() ? null : Collections.max(progress.values());
  }
}
