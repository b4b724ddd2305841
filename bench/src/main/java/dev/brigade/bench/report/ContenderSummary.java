package dev.brigade.bench.report;

import dev.brigade.bench.Figure;
import dev.brigade.bench.RunResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a contender did in a scenario.
 *
 * @param figures over its valid runs
 * @param validRuns how many there are
 * @param faulty the others: nothing of theirs is in the figures
 * @param remarks what the valid runs say beside figures, a line each
 */
record ContenderSummary(
    String contender,
    Map<Figure, Spread> figures,
    int validRuns,
    List<FaultyRun> faulty,
    List<String> remarks) {
  /**
   * @param runs its runs in one scenario
   */
  static ContenderSummary of(String contender, List<RunResult> runs) {
    Map<Figure, List<Double>> values = new EnumMap<>(Figure.class);
    List<FaultyRun> faulty = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (RunResult run : runs) {
      if (run.isValid()) {
        run.figures()
            .forEach(
                (figure, value) ->
                    values.computeIfAbsent(figure, none -> new ArrayList<>()).add(value));
        run.remarks().forEach(line -> remarks.add("run %d: %s".formatted(run.repetition(), line)));
      } else {
        faulty.add(new FaultyRun(run.repetition(), run.faults()));
      }
    }
    Map<Figure, Spread> figures = new EnumMap<>(Figure.class);
    values.forEach((figure, all) -> figures.put(figure, Spread.of(all)));
    return new ContenderSummary(
        contender,
        Collections.unmodifiableMap(figures),
        runs.size() - faulty.size(),
        List.copyOf(faulty),
        List.copyOf(remarks));
  }

  /** The rate of who makes no meals is the one it says itself. Null if it has no such figure. */
  @Nullable Spread of(Figure figure) {
    Spread spread = figures.get(figure);
    return spread == null && figure == Figure.STEADY_RATE ? figures.get(Figure.LIMIT) : spread;
  }

  int runs() {
    return validRuns + faulty.size();
  }

  boolean isOurs() {
    return contender.equals("brigade") || contender.startsWith("brigade-");
  }

  /** What bounds every contender: no peer of any. */
  boolean isLimit() {
    return contender.startsWith("limit-");
  }
}
