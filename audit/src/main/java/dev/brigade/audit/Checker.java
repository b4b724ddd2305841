package dev.brigade.audit;

import dev.brigade.audit.LedgerEntry.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;

/** Holds a history against the invariants. */
public final class Checker {
  private static final Map<Invariant, Supplier<Check>> CHECKS = checks();

  private Checker() {}

  private static Map<Invariant, Supplier<Check>> checks() {
    Map<Invariant, Supplier<Check>> checks = new EnumMap<>(Invariant.class);
    checks.put(Invariant.I1, AcknowledgedOrders::new);
    checks.put(Invariant.I2, Phantoms::new);
    checks.put(Invariant.I3, OrdersEnds::new);
    checks.put(Invariant.I4, () -> Cooks::inLogOrder);
    checks.put(Invariant.I5, () -> Cooks::oneAtATime);
    checks.put(Invariant.I6, CommitsBehindEnds::new);
    checks.put(Invariant.I7, CommittedToTheEnd::new);
    checks.put(Invariant.I8, CommitsWithOutputs::new);
    checks.put(Invariant.I9, MonitorFigures::new);
    checks.put(Invariant.I10, TwoScans::new);
    checks.put(Invariant.I11, () -> Told::recoveries);
    checks.put(Invariant.I12, () -> Told::leftovers);
    return checks;
  }

  public static Findings check(History history) {
    Evidence evidence = new Evidence(history);
    List<Violation> violations = new ArrayList<>();
    CHECKS.values().forEach(check -> violations.addAll(check.get().check(evidence)));
    return new Findings(
        count(history, Outcome.ACKED),
        count(history, Outcome.UNKNOWN),
        count(history, Outcome.FAILED),
        evidence.partitions().stream().mapToLong(partition -> partition.orders().size()).sum(),
        orders(evidence, (partition, order) -> partition.meals().count(order)),
        orders(evidence, (partition, order) -> partition.deadLetters().count(order)),
        Duplicates.count(evidence),
        new Duplicates(evidence).allowed(),
        history.commits().stream().mapToLong(sample -> sample.partitions().size()).sum(),
        List.copyOf(violations));
  }

  private static long count(History history, Outcome outcome) {
    return history.ledger().stream().filter(entry -> entry.outcome() == outcome).count();
  }

  private static long orders(Evidence evidence, ToIntBiFunction<PartitionEvidence, Integer> ends) {
    long orders = 0;
    for (PartitionEvidence partition : evidence.partitions()) {
      for (int order = 0; order < partition.orders().size(); order++) {
        orders += ends.applyAsInt(partition, order) > 0 ? 1 : 0;
      }
    }
    return orders;
  }
}
