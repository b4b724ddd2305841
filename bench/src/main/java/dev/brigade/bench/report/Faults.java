package dev.brigade.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was wrong with a contender's faulty runs, for people: one line per kind of failure. */
final class Faults {
  private Faults() {}

  /** Such as {@code runs 2, 3: 12 orders are missing; 3 meals are in the wrong order}. */
  static List<String> lines(ContenderSummary who) {
    Map<List<String>, List<Integer>> repetitions =
        who.faulty().stream()
            .collect(
                Collectors.groupingBy(
                    FaultyRun::faults,
                    LinkedHashMap::new,
                    Collectors.mapping(FaultyRun::repetition, Collectors.toList())));
    return repetitions.entrySet().stream()
        .map(same -> "%s: %s".formatted(runs(same.getValue()), String.join("; ", same.getKey())))
        .toList();
  }

  private static String runs(List<Integer> repetitions) {
    String numbers = repetitions.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return (repetitions.size() == 1 ? "run " : "runs ") + numbers;
  }
}
