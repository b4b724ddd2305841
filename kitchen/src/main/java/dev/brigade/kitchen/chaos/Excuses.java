package dev.brigade.kitchen.chaos;

import dev.brigade.audit.Disruption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What faults excuse: all that came while they were in force, and until work went on. */
final class Excuses {
  /** A fault is over for work when a dead session has ended and its partitions have moved. */
  private static final Duration AFTERMATH = Duration.ofSeconds(20);

  private Excuses() {}

  /**
   * @param loadBegan when the load began, epoch milliseconds
   */
  static List<Disruption> of(List<FaultRecord> faults, long loadBegan) {
    List<Disruption> disruptions = new ArrayList<>();
    for (FaultRecord fault : faults) {
      Long from = fault.injectedAtMillis();
      Long to = fault.healedAtMillis();
      if (from == null || to == null || fault.planned().kind().harmsNobody()) {
        continue;
      }
      Instant begin = Instant.ofEpochMilli(loadBegan + from);
      Instant end = Instant.ofEpochMilli(loadBegan + to).plus(AFTERMATH);
      disruptions.add(disruption(fault, begin, end));
    }
    return disruptions;
  }

  private static Disruption disruption(FaultRecord fault, Instant begin, Instant end) {
    FaultKind kind = fault.planned().kind();
    if (kind == FaultKind.OFFSETS_RESET) {
      return Disruption.offsetsReset(begin, end);
    }
    if (kind == FaultKind.BROKER_CUT
        || kind == FaultKind.GROUP_COORDINATOR_SPLIT
        || kind == FaultKind.LEADER_FREEZE) {
      return Disruption.ofDividedBrokers(begin, end);
    }
    return kind.layer() == Layer.WORKERS && !fault.workers().isEmpty()
        ? Disruption.ofWorkers(begin, end, fault.workers())
        : Disruption.ofBrokers(begin, end);
  }
}
