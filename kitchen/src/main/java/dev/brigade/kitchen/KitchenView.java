package dev.brigade.kitchen;

import dev.brigade.orders.Activity;
import dev.brigade.orders.LatencyWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who reads a kitchen's topics knows of it now: who holds which partitions, how much
 * is cooked, what waits. Fed by {@link KitchenFeed}; confined to one thread.
 */
final class KitchenView {
  private final Map<String, WorkerView> workers = new LinkedHashMap<>();
  private final List<@Nullable String> holders = new ArrayList<>();
  private final List<PartitionBacklog> backlogs = new ArrayList<>();
  private final RateMeter cookedRate = new RateMeter();
  private @Nullable LatencyWindow latency;
  private @Nullable Takeover takeover;
  private long deadLetters;
  private long retries;

  /**
   * @param ordersBegin where each partition's orders begin that are to be looked at
   */
  KitchenView(List<Long> ordersBegin) {
    for (long offset : ordersBegin) {
      backlogs.add(new PartitionBacklog(offset));
      holders.add(null);
    }
  }

  // What is told by whoever runs the workers.

  void starting(String worker) {
    workers.put(worker, new WorkerView(worker));
  }

  /** Its partitions stay its own until somebody else gets them. */
  Takeover killed(String worker, Instant at) {
    WorkerView view = worker(worker);
    view.state = WorkerView.State.KILLED;
    view.inFlight = 0;
    view.counts = null;
    Takeover started = new Takeover(worker, at, List.copyOf(view.partitions));
    takeover = started;
    return started;
  }

  // What is read from the topics.

  void activity(Activity activity) {
    WorkerView worker = worker(activity.worker());
    if (worker.state == WorkerView.State.KILLED) {
      return; // told before it died, read after
    }
    List<Integer> partitions = numbers(activity.partitions());
    switch (activity.type()) {
      case ASSIGNED -> assigned(worker, partitions);
      case REVOKED, LOST -> gaveUp(worker, partitions);
      case REPORT -> report(worker, activity, partitions);
      case RETRYING -> retries++;
      case DRAINING -> worker.state = WorkerView.State.DRAINING;
      case STOPPED -> {
        worker.state = WorkerView.State.STOPPED;
        worker.inFlight = 0;
        gaveUp(worker, List.copyOf(worker.partitions));
      }
      default -> {
        // Of the others nothing is shown.
      }
    }
  }

  private void report(WorkerView worker, Activity activity, List<Integer> partitions) {
    worker.counts = activity.counts();
    worker.inFlight =
        Objects.requireNonNullElse(activity.partitions(), List.<Activity.Partition>of()).stream()
            .map(Activity.Partition::inFlight)
            .mapToInt(inFlight -> inFlight == null ? 0 : inFlight)
            .sum();
    gaveUp(worker, worker.partitions.stream().filter(held -> !partitions.contains(held)).toList());
    if (!partitions.isEmpty()) {
      assigned(worker, partitions);
    }
  }

  private void assigned(WorkerView worker, Collection<Integer> partitions) {
    if (worker.state == WorkerView.State.STARTING) {
      worker.state = WorkerView.State.COOKING;
    }
    for (int partition : partitions) {
      String former = holders.set(partition, worker.id);
      if (former != null && !former.equals(worker.id)) {
        worker(former).partitions.remove(partition);
      }
      worker.partitions.add(partition);
      if (takeover != null) {
        takeover.assigned(worker.id, partition);
      }
    }
  }

  private void gaveUp(WorkerView worker, Collection<Integer> partitions) {
    for (int partition : partitions) {
      worker.partitions.remove(partition);
      if (worker.id.equals(holders.get(partition))) {
        holders.set(partition, null);
      }
    }
  }

  /**
   * @param offset of the order
   * @param at when the meal was appended to the log
   */
  void meal(String worker, int partition, long offset, Instant at) {
    WorkerView view = worker(worker);
    view.cooked++;
    view.cookedRate.add(at.toEpochMilli());
    cookedRate.add(at.toEpochMilli());
    backlogs.get(partition).ended(offset);
    if (takeover != null) {
      takeover.meal(worker, partition, at);
    }
  }

  /**
   * @param offset of the order
   */
  void deadLetter(int partition, long offset) {
    deadLetters++;
    backlogs.get(partition).ended(offset);
  }

  void latency(LatencyWindow window) {
    latency = window;
  }

  void ordersUpTo(int partition, long endOffset) {
    backlogs.get(partition).ordersUpTo(endOffset);
  }

  // What is to be seen.

  Collection<WorkerView> workers() {
    return workers.values();
  }

  /** Also of workers that nobody has announced: somebody may have started one by hand. */
  WorkerView worker(String id) {
    return workers.computeIfAbsent(id, WorkerView::new);
  }

  int partitions() {
    return backlogs.size();
  }

  /** Null while nobody holds it. A killed worker holds its partitions until somebody else does. */
  @Nullable String holder(int partition) {
    return holders.get(partition);
  }

  /** Whether live workers hold all partitions, as evenly as these can be shared. */
  boolean isShared() {
    long live = workers.values().stream().filter(worker -> worker.state.isLive()).count();
    if (live == 0) {
      return false;
    }
    long fewest = partitions() / live;
    long held = 0;
    for (WorkerView worker : workers.values()) {
      if (worker.state.isLive()) {
        held += worker.partitions.size();
        if (worker.partitions.size() < fewest) {
          return false;
        }
      }
    }
    return held == partitions();
  }

  long waiting(int partition) {
    return backlogs.get(partition).waiting();
  }

  long waiting() {
    return backlogs.stream().mapToLong(PartitionBacklog::waiting).sum();
  }

  long orders() {
    return backlogs.stream().mapToLong(PartitionBacklog::orders).sum();
  }

  long ended() {
    return backlogs.stream().mapToLong(PartitionBacklog::ends).sum();
  }

  double cookedPerSecond(long nowMillis) {
    return cookedRate.perSecond(nowMillis);
  }

  long deadLetters() {
    return deadLetters;
  }

  long retries() {
    return retries;
  }

  /**
   * All dishes together, the latest revision of the latest ten seconds; null until there is one.
   */
  @Nullable LatencyWindow latency() {
    return latency;
  }

  private static List<Integer> numbers(@Nullable List<Activity.Partition> partitions) {
    return partitions == null
        ? List.of()
        : partitions.stream().map(Activity.Partition::partition).toList();
  }
}
