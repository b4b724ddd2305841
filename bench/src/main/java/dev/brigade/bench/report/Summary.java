package dev.brigade.bench.report;

import dev.brigade.bench.RunResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The runs, put together per scenario and contender. Only scenarios that have runs are here. */
record Summary(List<ScenarioSummary> scenarios) {
  static Summary of(Results results) {
    return new Summary(
        results.scenarios().stream()
            .map(scenario -> of(scenario, results.runs()))
            .filter(scenario -> !scenario.contenders().isEmpty())
            .toList());
  }

  private static ScenarioSummary of(RecordedScenario scenario, List<RunResult> runs) {
    Map<String, List<RunResult>> byContender =
        runs.stream()
            .filter(run -> run.scenario().equals(scenario.name()))
            .collect(
                Collectors.groupingBy(RunResult::contender, TreeMap::new, Collectors.toList()));
    return ScenarioSummary.of(
        scenario,
        byContender.entrySet().stream()
            .map(entry -> ContenderSummary.of(entry.getKey(), entry.getValue()))
            .toList());
  }

  Optional<ScenarioSummary> scenario(String name) {
    return scenarios.stream().filter(one -> one.scenario().name().equals(name)).findFirst();
  }
}
