package dev.brigade.kitchen.chaos;

import static java.time.Duration.ofSeconds;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Text;
import dev.brigade.worker.Recipe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The scenarios, in the order of {@code docs/reliability.md}. */
final class Scenarios {
  private static final Duration WORKER_START = ofSeconds(5);
  private static final Duration BROKER_START = ofSeconds(10);
  private static final Duration TERM = ofSeconds(1);

  /** What takes 5 s has to be cooked once before there is progress. */
  private static final Duration COMMAND = ofSeconds(6);

  /**
   * Of 500 orders a second with three workers. One that is cut off begins none after 6 s; what it
   * began until then it may not have committed.
   */
  private static final long OF_A_WORKER_IN_9_S = 1_500;

  /** For so long a consumer goes on with heartbeats on a connection that brings no answers. */
  private static final Duration UNANSWERED = ofSeconds(5);

  /** Of all workers, one after the other told to stop, then started together. */
  private static final Duration RESTART = ofSeconds(20);

  /** None of these orders becomes a dead letter: one in twenty fails, not eight times in a row. */
  private static final List<String> HEALTHY =
      List.of("stew=simulate:5ms,jitter=0.5", "souffle=simulate:5ms,fail=0.05");

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
            plan -> plan.recipes(List.of("roast=simulate:1s,jitter=0.5")).perSecond(30),
            times -> List.of(Bound.noDeadLetters())),
        new Scenario(
            "kill-before-commit",
            "the busiest worker is killed with seconds of work uncommitted",
            FaultKind.WORKER_KILL,
            1,
            ofSeconds(25),
            ofSeconds(0),
            plan -> plan.workerOptions(List.of("--max-attempts=8", "--commit-interval=5s")),
            times -> List.of(Bound.progressWithin(times.takeover()))),
        new Scenario(
            "supervised-kill",
            FaultKind.SUPERVISED_KILL.words(),
            FaultKind.SUPERVISED_KILL,
            5,
            ofSeconds(0),
            ofSeconds(15),
            plan -> plan.supervised(true),
            times -> List.of(Bound.progressWithin(ofSeconds(1)))),
        new Scenario(
            "commands-kill",
            FaultKind.COMMANDS_KILL.words(),
            FaultKind.COMMANDS_KILL,
            1,
            ofSeconds(25),
            ofSeconds(0),
            plan -> plan.recipes(List.of("roast=exec:sleep 5")).perSecond(4),
            times -> List.of(Bound.progressWithin(times.takeover().plus(COMMAND)))),
        new Scenario(
            "poison-order",
            FaultKind.POISON_ORDER.words(),
            FaultKind.POISON_ORDER,
            3,
            ofSeconds(1),
            ofSeconds(60),
            plan -> plan.recipes(HEALTHY).rareRecipes(List.of(harmful(PoisonRecipe.class))),
            Scenarios::givenUp),
        new Scenario(
            "out-of-memory",
            "an order uses up all memory of the worker that cooks it",
            FaultKind.POISON_ORDER,
            3,
            ofSeconds(1),
            ofSeconds(60),
            plan -> plan.recipes(HEALTHY).rareRecipes(List.of(harmful(GluttonRecipe.class))),
            Scenarios::givenUp),
        new Scenario(
            "slow-order",
            FaultKind.SLOW_ORDER.words(),
            FaultKind.SLOW_ORDER,
            1,
            ofSeconds(20),
            ofSeconds(0),
            plan ->
                plan.rareRecipes(List.of(OrderFaults.SLOW_RECIPE))
                    .workerConfig(Map.of("max.poll.interval.ms", "10000")),
            times -> List.of(Bound.noRebalance(), Bound.rateOf(0.9), Bound.noDuplicates())),
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
        one(FaultKind.WORKER_CUT, ofSeconds(30), times -> cutOff(times.takeover())),
        one(FaultKind.COORDINATOR_CUT, ofSeconds(30), times -> cutOff(times.takeover())),
        one(
            FaultKind.ANSWERS_CUT,
            ofSeconds(30),
            times -> cutOff(times.takeover().plus(UNANSWERED))),
        one(FaultKind.BROKER_CUT, ofSeconds(30), Scenarios::brokerRole),
        one(
            FaultKind.GROUP_COORDINATOR_SPLIT,
            ofSeconds(60),
            times ->
                List.of(
                    Bound.progressWithin(times.brokerLoss().plusSeconds(10)),
                    Bound.progressEvery(ofSeconds(20)))),
        one(FaultKind.RESET, ofSeconds(2), times -> List.of(Bound.progressWithin(ofSeconds(5)))),
        one(FaultKind.DELAY, ofSeconds(30), times -> List.of(Bound.rateOf(0.2))),
        one(FaultKind.LOSS, ofSeconds(30), times -> List.of(Bound.rateOf(0.2))),
        one(FaultKind.OFFSETS_RESET, ofSeconds(0), times -> List.of(Bound.progressEvery(RESTART))),
        one(
            FaultKind.DISK_FULL,
            ofSeconds(20),
            times ->
                List.of(
                    Bound.progressWithin(times.brokerLoss().plusSeconds(10)),
                    Bound.progressAfterHealing(ofSeconds(30)))),
        one(
            FaultKind.PACKETS_DROPPED,
            ofSeconds(30),
            // It goes on leading, the group perhaps: until then nobody may begin an order.
            times -> List.of(Bound.progressAfterHealing(ofSeconds(15)))),
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

  private static List<Bound> givenUp(Scenario.Times times) {
    return List.of(
        Bound.deadLetterEach(),
        Bound.deathsEach(3),
        Bound.progressEvery(times.takeover().plus(WORKER_START)));
  }

  private static String harmful(Class<? extends Recipe> recipe) {
    return "fugu=class:" + recipe.getName();
  }

  private static List<Bound> cutOff(Duration takeover) {
    return List.of(Bound.progressWithin(takeover), Bound.duplicates(OF_A_WORKER_IN_9_S));
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
