package dev.brigade.audit;

import dev.brigade.audit.LedgerEntry.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;

/** Holds a history against the invariants. */
public final class Checker {
  private static final List<Supplier<Check>> CHECKS =
      List.of(
          AcknowledgedOrders::new,
          Phantoms::new,
          OrdersEnds::new,
          CommittedWork::new,
          () -> Cooks::inLogOrder,
          () -> Cooks::oneAtATime,
          CommitsBehindEnds::new,
          CommittedToTheEnd::new,
          CommitsWithOutputs::new,
          MonitorFigures::new,
          TwoScans::new,
          () -> Told::recoveries,
          () -> Told::leftovers);

  private Checker() {}

  public static Findings check(History history) {
    Evidence evidence = new Evidence(history);
    List<Violation> violations = new ArrayList<>();
    CHECKS.forEach(check -> violations.addAll(check.get().check(evidence)));
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
