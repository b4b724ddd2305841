package dev.brigade.bench.report;

import static dev.brigade.bench.Figure.ALLOCATION;
import static dev.brigade.bench.Figure.CPU_PER_ORDER;
import static dev.brigade.bench.Figure.DUPLICATES;
import static dev.brigade.bench.Figure.HOT_KEY_ALONE;
import static dev.brigade.bench.Figure.HOT_KEY_RATE;
import static dev.brigade.bench.Figure.KEPT;
import static dev.brigade.bench.Figure.LIMIT;
import static dev.brigade.bench.Figure.P50;
import static dev.brigade.bench.Figure.P99;
import static dev.brigade.bench.Figure.SCALING;
import static dev.brigade.bench.Figure.STANDSTILL_KEPT;
import static dev.brigade.bench.Figure.STANDSTILL_MOVED;
import static dev.brigade.bench.Figure.START;
import static dev.brigade.bench.Figure.STEADY_RATE;

import dev.brigade.bench.Figure;
import dev.brigade.bench.report.Yardstick.Excess;
import dev.brigade.bench.report.Yardstick.Itself;
import dev.brigade.bench.report.Yardstick.Share;
import dev.brigade.bench.report.Yardstick.ShareOfNumber;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What Brigade is to reach beside others, and against its own other runs. */
final class Goals {
  private static final String[] PLAIN_OR_SPRING_BATCH = {
    "plain-1", "plain-2", "plain-12", "spring-batch-2", "spring-batch-12"
  };

  /** Those whose latency the goals were set by; Decaton counts where somebody measured it. */
  private static final String[] PEERS = {"plain-*", "spring-*", "pc-*", "share"};

  /** A worker commits every 200 ms: what it did since is not known after its death. */
  private static final double COMMIT_INTERVAL_SECONDS = 0.2;

  /** A transaction every 50 ms, and what committing it takes. */
  private static final double VISIBLE_MILLIS = 70;

  private static final Side EXACTLY_ONCE =
      Side.of("exactly-once", STEADY_RATE, "brigade-exactly-once");

  static final List<Goal> ALL =
      Stream.of(drain(), oneKeyAndSlowOrders(), latency(), change(), scaleOut(), neighbours())
          .flatMap(List::stream)
          .toList();

  private Goals() {}

  static List<Verdict> judge(Summary summary) {
    return ALL.stream().map(goal -> Verdict.of(goal, summary)).toList();
  }

  /** The figures of Brigade's that a goal looks at in that scenario. */
  static Set<Figure> judged(String scenario) {
    return ALL.stream()
        .map(Goal::ours)
        .filter(ours -> ours.scenario().equals(scenario))
        .map(Side::figure)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Goal> drain() {
    Side fastest = Side.of("drain-0ms", STEADY_RATE, PLAIN_OR_SPRING_BATCH);
    Side itsCpu = Side.of("drain-0ms", CPU_PER_ORDER, PLAIN_OR_SPRING_BATCH).rankedBy(STEADY_RATE);
    return List.of(
        goal(
            "drain-0ms",
            STEADY_RATE,
            "of the fastest plain loop or Spring batch",
            new Share(fastest, 1),
            Bound.atLeast(1.0).stretch(1.2)),
        goal(
            "drain-0ms",
            CPU_PER_ORDER,
            "of the fastest plain loop or Spring batch",
            new Share(itsCpu, 1),
            Bound.atMost(1.1).stretch(1.0)),
        goal(
            "drain-0ms",
            STEADY_RATE,
            "of Decaton",
            share("drain-0ms", "decaton"),
            Bound.atLeast(1.6)),
        goal(
            "drain-0ms",
            STEADY_RATE,
            "of Parallel Consumer, by key",
            share("drain-0ms", "pc-key"),
            Bound.atLeast(6)),
        goal(
            "drain-0ms",
            ALLOCATION,
            "more than the plain loop's",
            new Excess(Side.of("drain-0ms", ALLOCATION, "plain-*")),
            Bound.atMost(300)),
        goal(
            "drain-1ms",
            STEADY_RATE,
            "of Decaton",
            share("drain-1ms", "decaton"),
            Bound.atLeast(1.7)),
        goal(
            "drain-1ms",
            STEADY_RATE,
            "of the share group",
            share("drain-1ms", "share"),
            Bound.atLeast(1.4)),
        goal(
            "drain-1ms",
            STEADY_RATE,
            "of the fastest Parallel Consumer",
            share("drain-1ms", "pc-key", "pc-unordered", "pc-key-batch", "pc-unordered-batch"),
            Bound.atLeast(6)),
        goal(
            "drain-1ms",
            STEADY_RATE,
            "of threads that only park",
            new Share(Side.of("drain-1ms", LIMIT, "limit-park"), 1),
            Bound.atLeast(0.6).stretch(0.75)),
        goal(
            "drain-10ms",
            STEADY_RATE,
            "of 10,000/s, what 100 chefs can cook",
            new ShareOfNumber(10_000),
            Bound.atLeast(0.92).stretch(0.97)));
  }

  private static List<Goal> oneKeyAndSlowOrders() {
    return List.of(
        goal(
            "hot-key",
            HOT_KEY_RATE,
            "of that key alone",
            new Share(Side.of("hot-key", HOT_KEY_ALONE, "brigade"), 1),
            Bound.atLeast(0.85).stretch(0.95)),
        goal(
            "slow-head", KEPT, "of the run without slow orders", new Itself(), Bound.atLeast(0.95)),
        goal(
            "slow-head",
            DUPLICATES,
            "after SIGKILL, of 200 ms' orders in drain-1ms",
            new Share(Side.of("drain-1ms", STEADY_RATE, "brigade"), COMMIT_INTERVAL_SECONDS),
            Bound.atMost(1)));
  }

  private static List<Goal> latency() {
    return List.of(
        goal(
            "latency-2000",
            P99,
            "of the best peer's",
            new Share(Side.of("latency-2000", P99, PEERS).orAnyOtherPeer(), 1),
            Bound.atMost(1.0).stretch(0.7)),
        goal(
            "latency-2000",
            P50,
            "of the best peer's",
            new Share(Side.of("latency-2000", P50, PEERS).orAnyOtherPeer(), 1),
            Bound.atMost(0.6)));
  }

  private static List<Goal> change() {
    return List.of(
        new Goal(
            EXACTLY_ONCE,
            "of our at-least-once",
            share("exactly-once", "brigade"),
            Bound.atLeast(0.95).stretch(1.0)),
        new Goal(
            EXACTLY_ONCE,
            "of Parallel Consumer's transactional mode",
            share("exactly-once", "pc-tx"),
            Bound.atLeast(3)),
        new Goal(
            Side.of("latency-exactly-once", P99, "brigade-exactly-once"),
            "from placed to visible: the commit interval + 20 ms",
            new Itself(),
            Bound.atMost(VISIBLE_MILLIS)),
        new Goal(
            Side.of("takeover-kill", STANDSTILL_MOVED, "brigade-supervised"),
            "after SIGKILL, supervised",
            new Itself(),
            Bound.atMost(1_000)),
        goal(
            "takeover-kill",
            STANDSTILL_MOVED,
            "after SIGKILL, session timeout 6 s + 3 s",
            new Itself(),
            Bound.atMost(9_000)),
        goal(
            "takeover-join",
            STANDSTILL_KEPT,
            "when a worker joins: no pause",
            new Itself(),
            Bound.atMost(500)));
  }

  private static List<Goal> scaleOut() {
    return IntStream.of(2, 4, 8)
        .mapToObj(
            workers ->
                goal(
                    "scale-out-" + workers,
                    SCALING,
                    "from 1 to %d workers".formatted(workers),
                    new Itself(),
                    Bound.atLeast(0.95)))
        .toList();
  }

  private static List<Goal> neighbours() {
    return List.of(
        goal(
            "start",
            START,
            "more than the plain loop's",
            new Excess(Side.of("start", START, "plain-*")),
            Bound.atMost(200)),
        new Goal(
            Side.of("monitor", STEADY_RATE, "brigade-monitor"),
            "of the engine's in drain-0ms",
            share("drain-0ms", "brigade"),
            Bound.atLeast(1.0)),
        new Goal(
            Side.of("producer", STEADY_RATE, "brigade-load"),
            "of Kafka's ProducerPerformance",
            share("producer", "producer-performance"),
            Bound.atLeast(0.8)));
  }

  private static Goal goal(
      String scenario, Figure figure, String claim, Yardstick yardstick, Bound bound) {
    return new Goal(Side.of(scenario, figure, "brigade"), claim, yardstick, bound);
  }

  private static Share share(String scenario, String... contenders) {
    return new Share(Side.of(scenario, STEADY_RATE, contenders), 1);
  }
}
