package dev.brigade.kitchen.chaos;

import static java.time.Duration.ofSeconds;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Text;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The scenarios, in the order of {@code docs/reliability.md}. */
final class Scenarios {
  private static final Duration WORKER_START = ofSeconds(5);
  private static final Duration BROKER_START = ofSeconds(10);
  private static final Duration TERM = ofSeconds(1);

  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(
        one(
            FaultKind.WORKER_TERM,
            ofSeconds(6),
            times -> List.of(Bound.progressWithin(TERM), Bound.noDuplicates())),
        one(
            FaultKind.WORKER_KILL,
            ofSeconds(25),
            times -> List.of(Bound.progressWithin(times.takeover()))),
        one(
            FaultKind.WORKERS_KILL_ALL,
            ofSeconds(0),
            times -> List.of(Bound.progressWithin(times.takeover().plus(WORKER_START)))),
        one(FaultKind.WORKER_FREEZE, ofSeconds(4), times -> List.of(Bound.noRebalance())),
        one(
            FaultKind.WORKER_FREEZE_LONG,
            ofSeconds(60),
            times -> List.of(Bound.progressWithin(times.takeover()))),
        one(
            FaultKind.WORKER_CHURN,
            ofSeconds(60),
            times -> List.of(Bound.progressEvery(ofSeconds(10)))),
        new Scenario(
            "random-kills",
            "30 SIGKILLs of busy workers among slow healthy orders",
            FaultKind.WORKER_KILL,
            30,
            ofSeconds(2),
            ofSeconds(7),
            plan -> plan.cooking(List.of("roast=simulate:1s,jitter=0.5"), 30),
            times -> List.of(Bound.noDeadLetters())),
        five(
            FaultKind.LEADER_TERM,
            ofSeconds(10),
            times -> List.of(Bound.progressWithin(ofSeconds(5)))),
        five(
            FaultKind.LEADER_KILL,
            ofSeconds(20),
            times -> List.of(Bound.progressWithin(times.brokerLoss().plusSeconds(5)))),
        one(FaultKind.GROUP_COORDINATOR_KILL, ofSeconds(25), Scenarios::brokerRole),
        one(FaultKind.TRANSACTION_COORDINATOR_KILL, ofSeconds(25), Scenarios::brokerRole),
        one(FaultKind.CONTROLLER_KILL, ofSeconds(25), Scenarios::brokerRole),
        one(FaultKind.LEADER_FREEZE, ofSeconds(30), Scenarios::brokerRole),
        one(
            FaultKind.TWO_BROKERS_KILL,
            ofSeconds(20),
            times -> List.of(Bound.progressAfterHealing(ofSeconds(15)))),
        one(
            FaultKind.BROKERS_KILL_ALL,
            ofSeconds(5),
            times -> List.of(Bound.progressAfterHealing(BROKER_START.plusSeconds(15)))),
        one(
            FaultKind.WORKER_CUT,
            ofSeconds(30),
            times -> List.of(Bound.progressWithin(times.takeover()))),
        one(
            FaultKind.COORDINATOR_CUT,
            ofSeconds(30),
            times -> List.of(Bound.progressWithin(times.takeover()))),
        one(
            FaultKind.ANSWERS_CUT,
            ofSeconds(30),
            times -> List.of(Bound.progressWithin(times.takeover()))),
        one(FaultKind.BROKER_CUT, ofSeconds(30), Scenarios::brokerRole),
        one(FaultKind.RESET, ofSeconds(2), times -> List.of(Bound.progressWithin(ofSeconds(5)))),
        one(FaultKind.DELAY, ofSeconds(30), times -> List.of(Bound.rateOf(0.2))),
        one(FaultKind.LOSS, ofSeconds(30), times -> List.of(Bound.rateOf(0.2))),
        one(FaultKind.MONITOR_KILL, ofSeconds(5), times -> List.of()),
        one(FaultKind.MONITOR_WIPE, ofSeconds(5), times -> List.of()));
  }

  /**
   * @throws CommandFailure if there is none of that name
   */
  static Scenario named(String name) {
    return all().stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "no scenario '%s': brigade chaos scenarios --list shows them"
                        .formatted(Text.shown(name))));
  }

  private static List<Bound> brokerRole(Scenario.Times times) {
    return List.of(Bound.progressWithin(times.brokerLoss().plusSeconds(10)));
  }

  private static Scenario one(
      FaultKind kind, Duration hold, Function<Scenario.Times, List<Bound>> bounds) {
    return repeated(kind, 1, hold, bounds);
  }

  private static Scenario five(
      FaultKind kind, Duration hold, Function<Scenario.Times, List<Bound>> bounds) {
    return repeated(kind, 5, hold, bounds);
  }

  private static Scenario repeated(
      FaultKind kind, int times, Duration hold, Function<Scenario.Times, List<Bound>> bounds) {
    return new Scenario(
        kind.toString(),
        kind.words(),
        kind,
        times,
        hold,
        hold.plusSeconds(15),
        UnaryOperator.identity(),
        bounds);
  }
}
