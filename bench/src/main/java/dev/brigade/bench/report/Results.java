package dev.brigade.bench.report;

import dev.brigade.bench.Contender;
import dev.brigade.bench.RunResult;
import java.util.List;

/**
 * All that a results directory holds.
 *
 * @param machines one per command that measured into it, the first first; the same but for date and
 *     command line
 * @param scenarios as people read them
 * @param contenders by name; one that was measured need not be among them
 * @param runs by scenario, contender and repetition
 */
record Results(
    List<Machine> machines,
    List<RecordedScenario> scenarios,
    List<Contender> contenders,
    List<RunResult> runs) {
  Results {
    machines = List.copyOf(machines);
    scenarios = List.copyOf(scenarios);
    contenders = List.copyOf(contenders);
    runs = List.copyOf(runs);
  }

  Machine machine() {
    return machines.get(0);
  }

  /** For people; empty where nobody described it. */
  String description(String contender) {
    return contenders.stream()
        .filter(known -> known.name().equals(contender))
        .map(Contender::description)
        .findFirst()
        .orElse("");
  }
}
