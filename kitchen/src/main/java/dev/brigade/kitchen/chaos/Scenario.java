package dev.brigade.kitchen.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One kind of fault by itself, with what it may cost.
 *
 * @param name as it is given on the command line
 * @param words what happens, for people
 * @param kind the fault
 * @param times how often it comes
 * @param hold how long it is in force
 * @param apart from one injection to the next
 * @param setting what is different in the plan
 * @param bounds by the times of a plan
 */
record Scenario(
    String name,
    String words,
    FaultKind kind,
    int times,
    Duration hold,
    Duration apart,
    UnaryOperator<ChaosPlan.Builder> setting,
    Function<Times, List<Bound>> bounds) {
  /** Until then every process has compiled what it does most. */
  private static final Duration FIRST = Duration.ofSeconds(20);

  private static final Duration AFTER = Duration.ofSeconds(25);

  /**
   * What the bounds are made of.
   *
   * @param takeover until a dead worker's partitions are cooked by others: its session, or with
   *     exactly-once its transaction's end if that is later, and 3 s
   * @param brokerLoss until a dead broker's partitions have another leader: its session
   */
  record Times(Duration takeover, Duration brokerLoss) {
    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final Duration TRANSACTION = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration MARGIN = Duration.ofSeconds(3);
    private static final Duration BROKER_SESSION = Duration.ofSeconds(9);

    static Times of(ChaosPlan plan) {
      Duration dead = plan.isExactlyOnce() ? TRANSACTION.plus(SWEEP) : SESSION;
      return new Times(dead.plus(MARGIN), BROKER_SESSION);
    }
  }

  ChaosPlan plan(ChaosPlan base) {
    Duration last = apart.multipliedBy(times - 1L);
    return setting.apply(base.but()).duration(FIRST.plus(last).plus(hold).plus(AFTER)).build();
  }

  Schedule schedule() {
    List<PlannedFault> faults = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long at = FIRST.plus(apart.multipliedBy(i)).toMillis();
      faults.add(new PlannedFault(i + 1, kind, at, hold.toMillis()));
    }
    return new Schedule(faults);
  }
}
