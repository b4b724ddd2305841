package dev.brigade.audit;

import dev.brigade.orders.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many second ends the disruptions explain. What a worker had read and not committed when it
 * was hit may be cooked again: by its last report before that, what was in flight then; and
 * whatever ended in its hands from then until the disruption was over, for none of it need have
 * been committed. That end is seen up to one report interval later. Offsets that were set back
 * explain what had been read beyond them.
 *
 * <p>With exactly-once only the latter: an end and its offset are committed together.
 */
final class Duplicates {
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

  private final Evidence evidence;
  private final Map<String, List<Activity>> reports = new HashMap<>();
  private final Map<String, long[]> endTimes;

  Duplicates(Evidence evidence) {
    this.evidence = evidence;
    for (Activity told : evidence.history().scan().activity()) {
      if (told.type() == Activity.Type.REPORT) {
        reports.computeIfAbsent(told.worker(), none -> new ArrayList<>()).add(told);
      }
    }
    this.endTimes = endTimes(evidence);
  }

  private static Map<String, long[]> endTimes(Evidence evidence) {
    Map<String, List<Long>> byWorker = new HashMap<>();
    for (PartitionEvidence partition : evidence.partitions()) {
      for (List<EndSeen> ends : List.of(partition.meals().all, partition.deadLetters().all)) {
        for (EndSeen end : ends) {
          byWorker.computeIfAbsent(end.worker(), none -> new ArrayList<>()).add(end.appendedAt());
        }
      }
    }
    Map<String, long[]> sorted = new HashMap<>();
    byWorker.forEach(
        (worker, times) ->
            sorted.put(worker, times.stream().mapToLong(Long::longValue).sorted().toArray()));
    return sorted;
  }

  /** Ends beyond their order's first. */
  static long count(Evidence evidence) {
    long duplicates = 0;
    for (PartitionEvidence partition : evidence.partitions()) {
      for (int order = 0; order < partition.orders().size(); order++) {
        duplicates += Math.max(0, partition.ends(order) - 1);
      }
    }
    return duplicates;
  }

  long allowed() {
    long allowed = 0;
    for (Disruption disruption : evidence.disruptions().all()) {
      if (disruption.kind() == Disruption.Kind.OFFSETS_RESET) {
        allowed += setBack(disruption);
      } else if (evidence.history().delivery() == Delivery.AT_LEAST_ONCE) {
        for (String worker : hit(disruption)) {
          allowed += inHands(worker, disruption);
        }
      }
    }
    return allowed;
  }

  private Set<String> hit(Disruption disruption) {
    if (disruption.kind() == Disruption.Kind.WORKERS) {
      return disruption.workers();
    }
    Set<String> all = new HashSet<>(reports.keySet());
    all.addAll(endTimes.keySet());
    return all;
  }

  private long inHands(String worker, Disruption disruption) {
    long inFlight = 0;
    Instant since = Instant.EPOCH;
    for (Activity report : reports.getOrDefault(worker, List.of())) {
      if (report.at().isBefore(disruption.from()) && !report.at().isBefore(since)) {
        since = report.at();
        inFlight = inFlight(report);
      }
    }
    return inFlight + ended(worker, since, disruption.to().plus(REPORT_INTERVAL));
  }

  private static long inFlight(Activity report) {
    List<Activity.Partition> partitions = report.partitions();
    if (partitions == null) {
      return 0;
    }
    long inFlight = 0;
    for (Activity.Partition partition : partitions) {
      Long position = partition.position();
      Long committed = partition.committed();
      if (position != null && committed != null) {
        inFlight += Math.max(0, position - committed);
      }
    }
    return inFlight;
  }

  private long ended(String worker, Instant from, Instant to) {
    long[] times = endTimes.getOrDefault(worker, new long[0]);
    return firstFrom(times, to.toEpochMilli() + 1) - firstFrom(times, from.toEpochMilli());
  }

  private static int firstFrom(long[] sorted, long time) {
    int at = Arrays.binarySearch(sorted, time);
    if (at < 0) {
      return -at - 1;
    }
    while (at > 0 && sorted[at - 1] == time) {
      at--;
    }
    return at;
  }

  /** The orders that had been there when the offsets were set back, from where they then were. */
  private long setBack(Disruption disruption) {
    Map<Integer, Long> highest = new HashMap<>();
    Map<Integer, Long> lowest = new HashMap<>();
    for (CommitSample sample : evidence.history().commits()) {
      if (sample.at().isBefore(disruption.from())) {
        sample.partitions().forEach((number, at) -> highest.merge(number, at.offset(), Math::max));
      } else if (evidence.disruptions().mayOffsetsGoBack(sample.at())) {
        sample.partitions().forEach((number, at) -> lowest.merge(number, at.offset(), Math::min));
      }
    }
    long again = 0;
    for (PartitionEvidence partition : evidence.partitions()) {
      long to = lowest.getOrDefault(partition.partition(), Long.MAX_VALUE);
      if (to < highest.getOrDefault(partition.partition(), 0L)) {
        again +=
            partition.orders().stream()
                .filter(order -> order.offset() >= to)
                .filter(order -> order.appendedAt() <= disruption.to().toEpochMilli())
                .count();
      }
    }
    return again;
  }
}
