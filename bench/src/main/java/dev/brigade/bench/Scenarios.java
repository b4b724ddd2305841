package dev.brigade.bench;

import static dev.brigade.bench.Figure.ALLOCATION;
import static dev.brigade.bench.Figure.BROKER_CPU_PER_ORDER;
import static dev.brigade.bench.Figure.COMMIT_LAG;
import static dev.brigade.bench.Figure.CPU_PER_ORDER;
import static dev.brigade.bench.Figure.DUPLICATES;
import static dev.brigade.bench.Figure.FROM_START;
import static dev.brigade.bench.Figure.GENERATOR_LATE_P99;
import static dev.brigade.bench.Figure.HEAP_EARLY;
import static dev.brigade.bench.Figure.HEAP_LATE;
import static dev.brigade.bench.Figure.HOT_KEY_ALONE;
import static dev.brigade.bench.Figure.HOT_KEY_RATE;
import static dev.brigade.bench.Figure.KEPT;
import static dev.brigade.bench.Figure.LIMIT;
import static dev.brigade.bench.Figure.MAX;
import static dev.brigade.bench.Figure.NEIGHBOUR_CPU;
import static dev.brigade.bench.Figure.OFFERED_RATE;
import static dev.brigade.bench.Figure.P50;
import static dev.brigade.bench.Figure.P99;
import static dev.brigade.bench.Figure.P999;
import static dev.brigade.bench.Figure.PEAK_RSS;
import static dev.brigade.bench.Figure.SCALING;
import static dev.brigade.bench.Figure.STANDSTILL_KEPT;
import static dev.brigade.bench.Figure.STANDSTILL_MOVED;
import static dev.brigade.bench.Figure.START;
import static dev.brigade.bench.Figure.STEADY_RATE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** All scenarios, in the order in which they run and are shown. */
final class Scenarios {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration ONE_MS = Duration.ofMillis(1);
  private static final Duration TEN_MS = Duration.ofMillis(10);
  private static final Duration TWENTY_MS = Duration.ofMillis(20);
  private static final Duration HUNDRED_MS = Duration.ofMillis(100);

  /** In mebibytes. */
  private static final int GIBIBYTE = 1_024;

  /** Of the rows that goals are judged by, and of the others. */
  private static final int OFTEN = 5;

  private static final int SELDOM = 3;

  private static final List<Figure> DRAINED =
      List.of(
          STEADY_RATE,
          FROM_START,
          START,
          CPU_PER_ORDER,
          BROKER_CPU_PER_ORDER,
          ALLOCATION,
          PEAK_RSS,
          NEIGHBOUR_CPU);
  private static final List<Figure> LATENCIES =
      List.of(P99, P50, P999, MAX, OFFERED_RATE, GENERATOR_LATE_P99, CPU_PER_ORDER);
  private static final List<Figure> STANDSTILLS =
      List.of(STANDSTILL_MOVED, STANDSTILL_KEPT, DUPLICATES);

  private static final List<String> ALONE = List.of("brigade");

  /** Those that can do more at once than there are partitions. */
  private static final List<String> POOLS_ALONE =
      List.of("brigade", "pc-key", "pc-unordered", "pc-key-batch", "pc-unordered-batch", "share");

  /** With the best of the others, which take a minute where these take seconds. */
  private static final List<String> POOLS =
      List.of(
          "brigade",
          "plain-12",
          "pc-key",
          "pc-unordered",
          "pc-key-batch",
          "pc-unordered-batch",
          "spring-batch-12",
          "share");

  private static final List<String> EVERYBODY =
      List.of(
          "brigade",
          "plain-1",
          "plain-2",
          "plain-12",
          "pc-key",
          "pc-unordered",
          "pc-key-batch",
          "pc-unordered-batch",
          "spring-record-2",
          "spring-record-12",
          "spring-batch-2",
          "spring-batch-12",
          "share");

  private static final List<String> ONE_OF_A_KIND =
      List.of("brigade", "plain-12", "pc-key", "spring-batch-12", "share");

  /** With few consumers in a process, so that two processes share the partitions. */
  private static final List<String> SHARING =
      List.of("brigade", "plain-2", "pc-key", "spring-batch-2", "share");

  /** The same, and with a supervisor beside each process. */
  private static final List<String> SHARING_SUPERVISED =
      Stream.concat(Stream.of("brigade", "brigade-supervised"), SHARING.stream().skip(1)).toList();

  /** With so few that eight processes do. */
  private static final List<String> SCALING_OUT = List.of("brigade", "plain-1", "pc-key", "share");

  private Scenarios() {}

  static List<Scenario> all() {
    Workload free = Workload.of(1_000_000, 100, NONE);
    Workload quick = Workload.of(200_000, 100, ONE_MS);
    return List.of(
        drain(
            "drain-0ms",
            "orders that cost nothing",
            free,
            OFTEN,
            EVERYBODY,
            "limit-consume",
            "limit-produce"),
        drain("drain-1ms", "orders of 1 ms, 100 at once", quick, OFTEN, POOLS, "limit-park"),
        drain(
            "drain-10ms",
            "orders of 10 ms, 100 at once",
            Workload.of(60_000, 100, TEN_MS),
            OFTEN,
            POOLS,
            "limit-park"),
        drain(
            "drain-100ms-100",
            "orders of 100 ms, 100 at once",
            Workload.of(6_000, 100, HUNDRED_MS),
            SELDOM,
            POOLS),
        drain(
            "drain-100ms-1000",
            "orders of 100 ms, 1,000 at once",
            Workload.of(60_000, 1_000, HUNDRED_MS),
            SELDOM,
            POOLS_ALONE),
        new Scenario(
            "hot-key",
            "one table has 10 % of all orders of 1 ms; beside it, that table alone",
            Workload.of(50_000, 100, ONE_MS).withHotShare(0.1),
            new HotKey(),
            OFTEN,
            List.of(HOT_KEY_RATE, HOT_KEY_ALONE, STEADY_RATE, CPU_PER_ORDER),
            List.of("brigade", "plain-12", "pc-key", "pc-key-batch", "spring-batch-12")),
        new Scenario(
            "slow-head",
            "the first order of every partition takes 5 s, the rest 1 ms",
            Workload.of(100_000, 100, ONE_MS),
            new SlowHead(),
            SELDOM,
            List.of(KEPT, STEADY_RATE, COMMIT_LAG, DUPLICATES),
            List.of("brigade", "plain-12", "pc-key", "pc-unordered", "spring-batch-12", "share")),
        latency("latency-2000", "2,000 orders of 1 ms per second", Latency.atRate(2_000), OFTEN),
        latency(
            "latency-70",
            "orders of 1 ms at 70 % of what the contender drains",
            Latency.atShareOfCapacity(0.7),
            SELDOM),
        takeover("takeover-kill", "one of two processes dies by SIGKILL", Takeover.Event.KILL),
        takeover("takeover-term", "one of two processes is told to stop", Takeover.Event.TERMINATE),
        takeover("takeover-join", "a third process joins two", Takeover.Event.JOIN),
        scaleOut(1),
        scaleOut(2),
        scaleOut(4),
        scaleOut(8),
        drain(
            "exactly-once",
            "orders that cost nothing; in one transaction (tx) or at least once",
            Workload.of(500_000, 100, NONE),
            OFTEN,
            List.of("brigade", "brigade-exactly-once", "plain-12", "plain-tx-12", "pc-tx")),
        new Scenario(
            "latency-exactly-once",
            "2,000 orders of 1 ms per second, until a reader with read_committed has the meal",
            Workload.of(100_000, 100, ONE_MS),
            Latency.atRateUntilVisible(2_000),
            OFTEN,
            LATENCIES,
            List.of("brigade-exactly-once", "brigade", "plain-tx-12", "pc-tx")),
        drain(
            "memory",
            "orders of 1 KiB that cost nothing",
            Workload.of(300_000, 100, NONE).withPayload(1_024),
            SELDOM,
            ONE_OF_A_KIND),
        new Scenario(
            "stuck-head",
            "the first order of every partition is stuck; SIGKILL when 5 of 6 orders are cooked",
            Workload.of(6_000_000, 100, NONE).withSlowHeads(StuckHead.STUCK).withHeap(GIBIBYTE),
            new StuckHead(),
            SELDOM,
            List.of(
                HEAP_LATE,
                HEAP_EARLY,
                DUPLICATES,
                COMMIT_LAG,
                STEADY_RATE,
                CPU_PER_ORDER,
                ALLOCATION,
                PEAK_RSS),
            ALONE),
        growth(
            "chefs",
            "orders of 20 ms, from 1 to 5,000 chefs",
            chefs ->
                Workload.of(Math.min(300_000, 400 * chefs), chefs, TWENTY_MS).withKeys(100_000),
            1,
            10,
            100,
            1_000,
            5_000),
        growth(
            "keys",
            "orders that cost nothing, for 1 to 1,000,000 tables",
            free::withKeys,
            1,
            100,
            10_000,
            1_000_000),
        growth(
            "partitions",
            "orders that cost nothing, in 1 to 1,000 partitions",
            free::withPartitions,
            1,
            12,
            100,
            1_000),
        growth(
            "in-flight",
            "orders of 1 ms, from 1 to 100,000 read at a time",
            most -> Workload.of(Math.min(400_000, 1_500 * most), 100, ONE_MS).withInFlight(most),
            1,
            100,
            10_000,
            100_000),
        new Scenario(
            "start",
            "from the process's start to the first meal",
            Workload.of(1_200, 100, NONE),
            new Drain(),
            OFTEN,
            List.of(START, PEAK_RSS),
            List.of("brigade", "plain-1", "pc-key", "spring-batch-2", "share")),
        new Scenario(
            "monitor",
            "orders and their meals lie in the log: how fast they are read and measured",
            Workload.of(500_000, 100, NONE),
            new MonitorCatchUp(),
            SELDOM,
            List.of(STEADY_RATE, CPU_PER_ORDER, ALLOCATION, PEAK_RSS),
            List.of("brigade-monitor", "limit-consume")),
        new Scenario(
            "producer",
            "orders of 200 bytes are put into the log",
            Workload.of(1_000_000, 100, NONE),
            new Publish(),
            SELDOM,
            List.of(STEADY_RATE, START, CPU_PER_ORDER, BROKER_CPU_PER_ORDER, PEAK_RSS),
            List.of("brigade-load", "brigade-generate", "producer-performance")));
  }

  private static Scenario drain(
      String name,
      String what,
      Workload work,
      int repetitions,
      List<String> contenders,
      String... limits) {
    List<String> all = Stream.concat(contenders.stream(), Stream.of(limits)).toList();
    List<Figure> columns = new ArrayList<>(DRAINED);
    if (limits.length > 0) {
      columns.add(LIMIT);
    }
    return new Scenario(name, what, work, new Drain(), repetitions, columns, all);
  }

  /** How the cost of an order grows with something. The heap is the same in all of its rows. */
  private static Scenario growth(
      String what, String words, IntFunction<Workload> work, int... values) {
    return new Scenario(
        "growth-" + what,
        words,
        Variant.growing(what, value -> work.apply(value).withHeap(GIBIBYTE), values),
        new Drain(),
        SELDOM,
        List.of(
            CPU_PER_ORDER,
            ALLOCATION,
            PEAK_RSS,
            STEADY_RATE,
            START,
            BROKER_CPU_PER_ORDER,
            NEIGHBOUR_CPU),
        ALONE);
  }

  private static Scenario latency(String name, String what, Procedure procedure, int repetitions) {
    return new Scenario(
        name,
        what,
        Workload.of(100_000, 100, ONE_MS),
        procedure,
        repetitions,
        LATENCIES,
        List.of("brigade", "plain-12", "pc-key", "spring-batch-12", "share"));
  }

  private static Scenario takeover(String name, String what, Takeover.Event event) {
    return new Scenario(
        name,
        what + ", 600 orders of 1 ms per second",
        Workload.of(108_000, 100, ONE_MS),
        new Takeover(event),
        SELDOM,
        STANDSTILLS,
        event == Takeover.Event.KILL ? SHARING_SUPERVISED : SHARING);
  }

  private static Scenario scaleOut(int processes) {
    return new Scenario(
        "scale-out-" + processes,
        "%d process%s of 10 chefs, 10 ms an order".formatted(processes, processes == 1 ? "" : "es"),
        Workload.of(8_000, 10, TEN_MS),
        new ScaleOut(processes),
        SELDOM,
        List.of(STEADY_RATE, SCALING),
        SCALING_OUT);
  }
}
