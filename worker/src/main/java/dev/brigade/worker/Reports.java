package dev.brigade.worker;

import dev.brigade.orders.Activity;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Tells once a second how this worker stands. Confined to the poll thread. */
final class Reports {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final ActivityFeed activity;
  private final Crew crew;
  private final Settling settling;
  private final LongAdder failedTries;
  private long lastNanos = System.nanoTime() - INTERVAL_NANOS;

  Reports(ActivityFeed activity, Crew crew, Settling settling, LongAdder failedTries) {
    this.activity = activity;
    this.crew = crew;
    this.settling = settling;
    this.failedTries = failedTries;
  }

  void reportIfDue(Collection<Assignment> held) {
    long now = System.nanoTime();
    if (now - lastNanos < INTERVAL_NANOS) {
      return;
    }
    lastNanos = now;
    List<Activity.Partition> partitions =
        held.stream()
            .map(Reports::partition)
            .sorted(Comparator.comparingInt(Activity.Partition::partition))
            .toList();
    activity.report(
        partitions,
        new Activity.Counts(
            crew.chefs(), crew.busy(), settling.cooked(), failedTries.sum(), settling.dead()));
  }

  private static Activity.Partition partition(Assignment assignment) {
    return new Activity.Partition(
        assignment.partition().partition(),
        known(assignment.tracker.end()),
        known(assignment.committed),
        assignment.inFlight,
        assignment.paused || assignment.blocked);
  }

  private static @Nullable Long known(long offset) {
    return offset == OffsetTracker.UNKNOWN ? null : offset;
  }
}
