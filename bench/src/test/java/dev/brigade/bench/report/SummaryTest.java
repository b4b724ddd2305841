package dev.brigade.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.bench.Figure;
import dev.brigade.bench.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  @TempDir Path temporary;

  @Test
  void nothingOfAFaultyRunIsInTheFigures() {
    // Given a faulty run that has a figure all the same
    ResultsDirectory directory = SampleResults.empty(temporary);
    directory.save(SampleResults.run("brigade", 1, 100));
    directory.save(SampleResults.run("brigade", 2, 300));
    directory.save(
        SampleResults.run(
            "brigade", 3, Map.of(Figure.STEADY_RATE, 9_999.0), List.of("2 orders are missing")));

    // When
    ContenderSummary brigade = drain(directory).contender("brigade").orElseThrow();

    // Then
    assertThat(brigade.of(Figure.STEADY_RATE)).isEqualTo(new Spread(200, 100, 300, 2));
    assertThat(brigade.validRuns()).isEqualTo(2);
    assertThat(brigade.faulty()).containsExactly(new FaultyRun(3, List.of("2 orders are missing")));
  }

  @Test
  void whoHasNoValidRunHasNoFigureAndSaysWhy() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);
    directory.save(SampleResults.run("plain-1", 1, Map.of(), List.of("a", "b")));
    directory.save(SampleResults.run("plain-1", 2, Map.of(), List.of("c")));
    directory.save(SampleResults.run("plain-1", 4, Map.of(), List.of("a", "b")));

    // When
    ContenderSummary plain = drain(directory).contender("plain-1").orElseThrow();

    // Then
    assertThat(plain.figures()).isEmpty();
    assertThat(Faults.lines(plain)).containsExactly("runs 1, 4: a; b", "run 2: c");
  }

  @Test
  void theBestComesFirstThenWhoHasNoFigureThenLimits() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);
    directory.save(SampleResults.run("slow", 1, 10));
    directory.save(SampleResults.run("broken", 1, Map.of(), List.of("it did not start")));
    directory.save(SampleResults.run("fast", 1, 20));
    directory.save(SampleResults.run("limit-park", 1, Map.of(Figure.LIMIT, 1_000.0), List.of()));

    // When
    List<ContenderSummary> contenders = drain(directory).contenders();

    // Then
    assertThat(contenders)
        .extracting(ContenderSummary::contender)
        .containsExactly("fast", "slow", "broken", "limit-park");
  }

  @Test
  void whereLessIsBetterTheLeastComesFirst() {
    // Given
    ContenderSummary high = ContenderSummary.of("high", List.of(start("high", 900)));
    ContenderSummary low = ContenderSummary.of("low", List.of(start("low", 100)));

    // When, then
    assertThat(ScenarioSummary.bestFirst(Figure.START).compare(low, high)).isNegative();
  }

  @Test
  void whereSomethingGrowsTheRowsComeByIt() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);
    directory.save(grown("brigade-keys-100", 100, 30));
    directory.save(grown("brigade-keys-1", 1, 20));
    directory.save(grown("brigade-keys-20", 20, 90));

    // When, then
    assertThat(drain(directory).contenders())
        .extracting(ContenderSummary::contender)
        .containsExactly("brigade-keys-1", "brigade-keys-20", "brigade-keys-100");
    assertThat(drain(directory).columns()).containsExactly(Figure.STEADY_RATE);
  }

  private static RunResult grown(String contender, double to, double rate) {
    Map<Figure, Double> figures = Map.of(Figure.GROWN, to, Figure.STEADY_RATE, rate);
    return SampleResults.run(contender, 1, figures, List.of());
  }

  @Test
  void aLimitStandsInTheColumnOfTheRates() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);
    directory.save(SampleResults.run("limit-park", 1, Map.of(Figure.LIMIT, 1_000.0), List.of()));

    // When
    ScenarioSummary drain = drain(directory);

    // Then
    assertThat(drain.columns()).containsExactly(Figure.STEADY_RATE);
    assertThat(drain.contenders().get(0).of(Figure.STEADY_RATE))
        .isEqualTo(new Spread(1_000, 1_000, 1_000, 1));
  }

  @Test
  void aScenarioWithoutRunsIsNotShown() {
    assertThat(Summary.of(SampleResults.empty(temporary).read()).scenarios()).isEmpty();
  }

  @Test
  void scenariosComeAsPeopleReadThem() {
    // Given
    List<String> names =
        List.of("zebra", "latency-70", "drain-100ms-1000", "drain-0ms", "apple", "drain-10ms");

    // When, then
    assertThat(names.stream().sorted(new ScenarioOrder()))
        .containsExactly(
            "drain-0ms", "drain-10ms", "drain-100ms-1000", "latency-70", "apple", "zebra");
  }

  private static RunResult start(String contender, double millis) {
    return SampleResults.run(contender, 1, Map.of(Figure.START, millis), List.of());
  }

  private static ScenarioSummary drain(ResultsDirectory directory) {
    return Summary.of(directory.read()).scenario("drain-0ms").orElseThrow();
  }
}
