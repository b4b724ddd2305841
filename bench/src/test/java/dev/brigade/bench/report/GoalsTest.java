package dev.brigade.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.bench.Figure;
import dev.brigade.bench.report.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoalsTest {
  private static final double THEIRS = 1_000;

  @Test
  void theGoalsAreThoseThatWereSet() {
    assertThat(Goals.ALL.stream().map(GoalsTest::line))
        .containsExactly(
            "drain-0ms | steady: of the fastest plain loop or Spring batch | ≥ 1.00 × | ≥ 1.20 ×",
            "drain-0ms | CPU per order: of the fastest plain loop or Spring batch | ≤ 1.10 × |"
                + " ≤ 1.00 ×",
            "drain-0ms | steady: of Decaton | ≥ 1.60 × | ",
            "drain-0ms | steady: of Parallel Consumer, by key | ≥ 6.00 × | ",
            "drain-0ms | allocated per order: more than the plain loop's | ≤ +300 bytes | ",
            "drain-1ms | steady: of Decaton | ≥ 1.70 × | ",
            "drain-1ms | steady: of the share group | ≥ 1.40 × | ",
            "drain-1ms | steady: of the fastest Parallel Consumer | ≥ 6.00 × | ",
            "drain-1ms | steady: of threads that only park | ≥ 0.60 × | ≥ 0.75 ×",
            "drain-10ms | steady: of 10,000/s, what 100 chefs can cook | ≥ 0.92 × | ≥ 0.97 ×",
            "hot-key | hot key: of that key alone | ≥ 0.85 × | ≥ 0.95 ×",
            "slow-head | throughput kept: of the run without slow orders | ≥ 0.95 | ",
            "slow-head | cooked again: after SIGKILL, of 200 ms' orders in drain-1ms | ≤ 1.00 × | ",
            "latency-2000 | p99: of the best peer's | ≤ 1.00 × | ≤ 0.70 ×",
            "latency-2000 | p50: of the best peer's | ≤ 0.60 × | ",
            "exactly-once | steady: of our at-least-once | ≥ 0.95 × | ≥ 1.00 ×",
            "exactly-once | steady: of Parallel Consumer's transactional mode | ≥ 3.00 × | ",
            "latency-exactly-once | p99: from placed to visible: the commit interval + 20 ms | ≤ 70 ms"
                + " | ",
            "takeover-kill | standstill, moved: after SIGKILL, supervised | ≤ 1,000 ms | ",
            "takeover-kill | standstill, moved: after SIGKILL, session timeout 6 s + 3 s |"
                + " ≤ 9,000 ms | ",
            "takeover-join | standstill, kept: when a worker joins: no pause | ≤ 500 ms | ",
            "scale-out-2 | of linear: from 1 to 2 workers | ≥ 0.95 | ",
            "scale-out-4 | of linear: from 1 to 4 workers | ≥ 0.95 | ",
            "scale-out-8 | of linear: from 1 to 8 workers | ≥ 0.95 | ",
            "start | start: more than the plain loop's | ≤ +200 ms | ",
            "monitor | steady: of the engine's in drain-0ms | ≥ 1.00 × | ",
            "producer | steady: of Kafka's ProducerPerformance | ≥ 0.80 × | ");
  }

  @ParameterizedTest
  @MethodSource("goals")
  void aGoalIsMetAtItsBoundAndMissedBeyond(Goal goal) {
    // Given what is needed, and a little less
    double bound = ours(goal, goal.bound().needed());
    double worse = goal.bound().least() ? bound * 0.99 : bound * 1.01;

    // When, then
    assertThat(judge(goal, bound).outcome()).isIn(Outcome.MET, Outcome.STRETCHED);
    assertThat(judge(goal, worse).outcome()).isEqualTo(Outcome.MISSED);
  }

  @ParameterizedTest
  @MethodSource("goals")
  void aGoalIsNotMeasuredWithoutOurs(Goal goal) {
    // Given
    Measured measured = new Measured();
    goal.yardstick().side().ifPresent(side -> side.contenders().forEach(measured.with(side)));
    String ours = goal.ours().contenders().get(0);
    measured.remove(goal.scenario(), ours);

    // When
    Verdict verdict = Verdict.of(goal, measured.summary());

    // Then
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MEASURED);
    assertThat(verdict.grounds()).contains("not run in %s: %s".formatted(goal.scenario(), ours));
    assertThat(verdict.shown()).isEqualTo("–");
  }

  @ParameterizedTest
  @MethodSource("goalsBesideOthers")
  void aGoalIsNotMeasuredWhileOneOfTheOthersIsMissing(Goal goal) {
    Side side = goal.yardstick().side().orElseThrow();
    for (String missing : side.contenders()) {
      // Given
      Measured measured = new Measured();
      side.contenders().forEach(measured.with(side));
      measured.with(goal.ours()).accept("brigade");
      measured.remove(side.scenario(), named(missing));

      // When
      Verdict verdict = Verdict.of(goal, measured.summary());

      // Then
      assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MEASURED);
      assertThat(String.join("", verdict.grounds()))
          .contains("not run in " + side.scenario())
          .contains(missing);
    }
  }

  @Test
  void whatIsBetterStillIsSaid() {
    // Given
    Goal goal = Goals.ALL.get(0);

    // When, then
    assertThat(judge(goal, 1_199).outcome()).isEqualTo(Outcome.MET);
    assertThat(judge(goal, 1_200).outcome()).isEqualTo(Outcome.STRETCHED);
  }

  @Test
  void theCpuIsThatOfTheFastestNotTheLeast() {
    // Given
    Goal goal = Goals.ALL.get(1);
    Side side = goal.yardstick().side().orElseThrow();
    Measured measured = new Measured();
    side.contenders().forEach(name -> measured.put("drain-0ms", name, rateAndCpu(1_000, 10)));
    measured.put("drain-0ms", "spring-batch-2", rateAndCpu(2_000, 30));
    measured.put("drain-0ms", "brigade", rateAndCpu(900, 15));

    // When
    Verdict verdict = Verdict.of(goal, measured.summary());

    // Then
    assertThat(verdict.seen()).isEqualTo(0.5);
    assertThat(verdict.theirs().orElseThrow().contender()).isEqualTo("spring-batch-2");
  }

  @Test
  void whoeverElseWasMeasuredMayBeTheBestPeerButNoLimitAndNoneOfOurs() {
    // Given
    Goal goal = latencyGoal();
    Side side = goal.yardstick().side().orElseThrow();
    Measured measured = new Measured();
    side.contenders().forEach(measured.with(side));
    measured.put("latency-2000", "decaton", Map.of(Figure.P99, 18.0));
    measured.put("latency-2000", "limit-park", Map.of(Figure.P99, 2.0));
    measured.put("latency-2000", "brigade-virtual", Map.of(Figure.P99, 1.0));
    measured.put("latency-2000", "brigade", Map.of(Figure.P99, 9.0));

    // When
    Verdict verdict = Verdict.of(goal, measured.summary());

    // Then
    assertThat(verdict.theirs().orElseThrow().contender()).isEqualTo("decaton");
    assertThat(verdict.seen()).isEqualTo(0.5);
  }

  @Test
  void whoHasNoValidRunIsMissingAndSaidToBe() {
    // Given
    Goal goal = Goals.ALL.get(2);
    Measured measured = new Measured();
    measured.put("drain-0ms", "brigade", rateAndCpu(900, 15));
    measured.put("drain-0ms", "decaton", Map.of());

    // When, then
    assertThat(Verdict.of(goal, measured.summary()).grounds())
        .containsExactly("no valid run in drain-0ms: decaton");
  }

  @Test
  void whoLacksTheFigureIsMissingAndSaidToBe() {
    // Given
    Goal goal = Goals.ALL.get(2);
    Measured measured = new Measured();
    measured.put("drain-0ms", "brigade", rateAndCpu(900, 15));
    measured.put("drain-0ms", "decaton", Map.of(Figure.START, 1.0));

    // When, then
    assertThat(Verdict.of(goal, measured.summary()).grounds())
        .containsExactly("no figure 'steady' in drain-0ms: decaton");
  }

  @Test
  void aShareOfNothingIsNotMeasured() {
    // Given
    Goal goal = Goals.ALL.get(2);
    Measured measured = new Measured();
    measured.put("drain-0ms", "brigade", rateAndCpu(900, 15));
    measured.put("drain-0ms", "decaton", rateAndCpu(0, 15));

    // When, then
    assertThat(Verdict.of(goal, measured.summary()).outcome()).isEqualTo(Outcome.NOT_MEASURED);
  }

  @Test
  void bothSidesAreShownWithTheirRanges() {
    // Given
    Goal goal = Goals.ALL.get(2);
    Measured measured = new Measured();
    measured.put("drain-0ms", "brigade", rateAndCpu(159_000, 15));
    measured.put("drain-0ms", "decaton", rateAndCpu(100_000, 15));

    // When
    Verdict verdict = Verdict.of(goal, measured.summary());

    // Then
    assertThat(verdict.shown()).isEqualTo("1.59 ×");
    assertThat(verdict.grounds())
        .containsExactly(
            "brigade 159,000 (158,999–159,001) orders/s, 3 runs",
            "decaton 100,000 (99,999–100,001) orders/s, 3 runs");
  }

  static Stream<Goal> goals() {
    return Goals.ALL.stream();
  }

  static Stream<Goal> goalsBesideOthers() {
    return goals().filter(goal -> goal.yardstick().side().isPresent());
  }

  private static String line(Goal goal) {
    return String.join(" | ", goal.scenario(), goal.words(), goal.needed(), goal.stretch());
  }

  private static Goal latencyGoal() {
    return goals().filter(goal -> goal.ours().figure() == Figure.P99).findFirst().orElseThrow();
  }

  private static Map<Figure, Double> rateAndCpu(double rate, double cpu) {
    return Map.of(Figure.STEADY_RATE, rate, Figure.CPU_PER_ORDER, cpu);
  }

  /** What ours has to be for the goal to see that, while theirs is {@link #THEIRS}. */
  private static double ours(Goal goal, double seen) {
    double none = goal.yardstick().seen(0, THEIRS);
    double exact = (seen - none) / (goal.yardstick().seen(1, THEIRS) - none);
    return Math.round(exact * 1e6) / 1e6;
  }

  private static Verdict judge(Goal goal, double ours) {
    Measured measured = new Measured();
    goal.yardstick().side().ifPresent(side -> side.contenders().forEach(measured.with(side)));
    measured.add(goal.scenario(), goal.ours().contenders().get(0), goal.ours().figure(), ours);
    return Verdict.of(goal, measured.summary());
  }

  private static String named(String contender) {
    return contender.replace("*", "x");
  }

  /** Three runs each, one below and one above what is given by one. */
  private static final class Measured {
    private final Map<String, Map<String, Map<Figure, Double>>> scenarios = new TreeMap<>();

    Consumer<String> with(Side side) {
      return name -> {
        add(side.scenario(), named(name), side.figure(), THEIRS);
        add(side.scenario(), named(name), side.rankedBy(), THEIRS);
      };
    }

    void add(String scenario, String contender, Figure figure, double value) {
      scenarios
          .computeIfAbsent(scenario, none -> new TreeMap<>())
          .computeIfAbsent(contender, none -> new TreeMap<>())
          .put(figure, value);
    }

    void put(String scenario, String contender, Map<Figure, Double> figures) {
      scenarios.computeIfAbsent(scenario, none -> new TreeMap<>()).put(contender, figures);
    }

    void remove(String scenario, String contender) {
      scenarios.getOrDefault(scenario, new TreeMap<>()).remove(contender);
    }

    Summary summary() {
      List<ScenarioSummary> summaries = new ArrayList<>();
      scenarios.forEach(
          (scenario, contenders) ->
              summaries.add(
                  ScenarioSummary.of(
                      new RecordedScenario(scenario, "", Map.of(), List.of()),
                      contenders.entrySet().stream()
                          .map(entry -> contender(entry.getKey(), entry.getValue()))
                          .toList())));
      return new Summary(summaries);
    }

    private static ContenderSummary contender(String name, Map<Figure, Double> figures) {
      Map<Figure, Spread> spreads = new TreeMap<>();
      figures.forEach(
          (figure, value) -> spreads.put(figure, new Spread(value, value - 1, value + 1, 3)));
      return new ContenderSummary(name, spreads, figures.isEmpty() ? 0 : 3, List.of(), List.of());
    }
  }
}
