package dev.brigade.kitchen.chaos;

import dev.brigade.audit.LiveScan;
import dev.brigade.orders.Activity;
import dev.brigade.orders.LatencyWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the topics tell while the soak runs. Thread-safe. */
final class Progress implements LiveScan.Listener {
  /** Of the windows that the monitor publishes. */
  private static final List<Integer> WINDOW_SECONDS = List.of(10, 60);

  /** Usual is what comes in during this time, at least. */
  private static final double USUAL_BACKLOG_SECONDS = 1.0;

  private final double perSecond;
  private final Map<String, LatencyWindow> windows = new HashMap<>();
  private Timeline timeline = new Timeline(System.currentTimeMillis());
  private final Map<String, Set<Integer>> held = new HashMap<>();
  private final Map<String, Long> pids = new HashMap<>();
  private final List<Recovery> recoveries = new ArrayList<>();
  private long ordered;
  private long ended;
  private long assignments;

  /**
   * @param perSecond how many orders come in
   */
  Progress(double perSecond) {
    this.perSecond = perSecond;
  }

  /** The load begins. */
  synchronized void begin(long atMillis) {
    timeline = new Timeline(atMillis);
  }

  @Override
  public synchronized void ordered(int partition, long offset, long appendedAtMillis) {
    ordered++;
    timeline.ordered(appendedAtMillis);
    recoveries.forEach(recovery -> recovery.ordered(partition, offset, appendedAtMillis));
  }

  @Override
  public synchronized void ended(
      int partition, long orderOffset, String worker, long appendedAtMillis, boolean first) {
    if (!first) {
      return;
    }
    ended++;
    timeline.ended(appendedAtMillis);
    for (Recovery recovery : recoveries) {
      recovery.ended(partition, orderOffset, worker, appendedAtMillis);
    }
    recoveries.removeIf(Recovery::isOver);
  }

  @Override
  public synchronized void activity(Activity activity) {
    Set<Integer> partitions = held.computeIfAbsent(activity.worker(), unused -> new HashSet<>());
    pids.put(activity.worker(), activity.pid());
    switch (activity.type()) {
      case STARTED, STOPPED -> partitions.clear();
      case ASSIGNED -> {
        assignments++;
        numbers(activity).forEach(partitions::add);
      }
      case REVOKED, LOST -> numbers(activity).forEach(partitions::remove);
      case REPORT -> {
        partitions.clear();
        numbers(activity).forEach(partitions::add);
      }
      default -> {}
    }
  }

  @Override
  public synchronized void window(LatencyWindow window) {
    windows.put(window.key(), window);
  }

  private static Stream<Integer> numbers(Activity activity) {
    List<Activity.@Nullable Partition> none = List.of();
    return (activity.partitions() == null ? none : activity.partitions())
        .stream().map(Activity.Partition::partition);
  }

  /** Follows what becomes of the partitions that a fault hits from now on. */
  synchronized Recovery follow(AimedFault fault, long atMillis) {
    boolean ofBrokers = fault.workers().isEmpty();
    Set<Integer> partitions = fault.partitions().isEmpty() ? allPartitions() : fault.partitions();
    long usual = Math.max(ordered - ended, (long) (perSecond * USUAL_BACKLOG_SECONDS));
    Recovery recovery = new Recovery(atMillis, fault.workers(), partitions, usual, ofBrokers);
    recoveries.add(recovery);
    return recovery;
  }

  /**
   * Until no more orders waited than before the fault, once all partitions went on.
   *
   * @return milliseconds since the fault; null if that was never so
   */
  synchronized @Nullable Long drainedMillis(Recovery recovery) {
    Long all = recovery.allMillis();
    Long drained =
        all == null
            ? null
            : timeline.backlogWithin(recovery.usualBacklog(), recovery.atMillis() + all);
    return drained == null ? null : drained - recovery.atMillis();
  }

  static Set<Integer> allPartitions() {
    return Set.copyOf(IntStream.range(0, ChaosPlan.PARTITIONS).boxed().toList());
  }

  /** The partitions a worker holds, by the last it told. */
  synchronized Set<Integer> heldBy(String worker) {
    return Set.copyOf(held.getOrDefault(worker, Set.of()));
  }

  /** The process a worker was in by the last it told; null if it has told nothing. */
  synchronized @Nullable Long pidOf(String worker) {
    return pids.get(worker);
  }

  /** How often workers were assigned partitions. */
  synchronized long assignments() {
    return assignments;
  }

  /** Whether the monitor has published as many ends as there are. */
  synchronized boolean isMeasured() {
    return measured() >= ended;
  }

  /**
   * Ends that the monitor has published, in its windows of any length, those of all dishes and
   * those of each: they are not published at the same moment. Every order of a soak names a dish.
   */
  synchronized long measured() {
    List<Long> measured = new ArrayList<>();
    for (int seconds : WINDOW_SECONDS) {
      measured.add(published(seconds, true));
      measured.add(published(seconds, false));
    }
    return Collections.min(measured);
  }

  private long published(int seconds, boolean ofAllDishes) {
    return windows.values().stream()
        .filter(window -> window.windowSeconds() == seconds)
        .filter(window -> window.dish().equals(LatencyWindow.ALL_DISHES) == ofAllDishes)
        .mapToLong(window -> window.count() + window.dead())
        .sum();
  }

  /** Orders in the log. */
  synchronized long ordered() {
    return ordered;
  }

  /** Orders in the log that have an end. */
  synchronized long ended() {
    return ended;
  }

  synchronized List<Timeline.Second> seconds() {
    return timeline.seconds();
  }
}
