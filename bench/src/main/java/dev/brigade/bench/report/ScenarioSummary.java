package dev.brigade.bench.report;

import dev.brigade.bench.Figure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All contenders of a scenario.
 *
 * @param columns the figures to show: those of the scenario that somebody has
 * @param contenders by what grows from row to row, where something does; else best first by the
 *     first column, then those without that figure, then limits
 */
record ScenarioSummary(
    RecordedScenario scenario, List<Figure> columns, List<ContenderSummary> contenders) {
  static ScenarioSummary of(RecordedScenario scenario, List<ContenderSummary> contenders) {
    List<Figure> columns =
        scenario.columns().stream()
            .filter(figure -> contenders.stream().anyMatch(who -> who.of(figure) != null))
            .filter(
                figure ->
                    figure != Figure.LIMIT || !scenario.columns().contains(Figure.STEADY_RATE))
            .toList();
    boolean grows = contenders.stream().anyMatch(who -> who.of(Figure.GROWN) != null);
    Comparator<ContenderSummary> order =
        grows ? bestFirst(Figure.GROWN) : columns.isEmpty() ? byName() : bestFirst(columns.get(0));
    return new ScenarioSummary(scenario, columns, contenders.stream().sorted(order).toList());
  }

  static Comparator<ContenderSummary> bestFirst(Figure figure) {
    return Comparator.comparing(ContenderSummary::isLimit)
        .thenComparing(who -> who.of(figure) == null)
        .thenComparingDouble(who -> rank(who.of(figure), figure))
        .thenComparing(byName());
  }

  private static double rank(@Nullable Spread spread, Figure figure) {
    return spread == null ? 0 : figure.moreIsBetter() ? -spread.median() : spread.median();
  }

  private static Comparator<ContenderSummary> byName() {
    return Comparator.comparing(ContenderSummary::contender);
  }

  Optional<ContenderSummary> contender(String name) {
    return contenders.stream().filter(who -> who.contender().equals(name)).findFirst();
  }
}
