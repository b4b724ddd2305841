package dev.brigade.bench.report;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.brigade.bench.Contender;
import dev.brigade.bench.RunResult;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was measured, one file per run, so that a harness that stopped goes on where it was and no
 * run is lost with it. It holds comparable figures only: another machine, another build or other
 * work under the same name is refused. For one writer at a time; every write replaces a whole file.
 *
 * <pre>
 * machine.json      where and with what, one entry per command that measured into it
 * scenarios.json    the work of each scenario
 * contenders.json   who took part
 * SCENARIO/CONTENDER/REPETITION.json
 * </pre>
 */
public final class ResultsDirectory {
  private static final String KEPT_BY_HAND =
      "put back a copy of it, or measure into another directory";

  private final Path directory;
  private final Path machineFile;
  private final Path scenarioFile;
  private final Path contenderFile;
  private final RunFiles runs;

  public ResultsDirectory(Path directory) {
    this.directory = directory;
    this.machineFile = directory.resolve("machine.json");
    this.scenarioFile = directory.resolve("scenarios.json");
    this.contenderFile = directory.resolve("contenders.json");
    this.runs = new RunFiles(directory);
  }

  public Path path() {
    return directory;
  }

  /**
   * To be called by every command that is going to measure, first.
   *
   * @throws CommandFailure if runs from another machine, system or build are here already
   */
  public void begin(Machine now) {
    List<Machine> machines = new ArrayList<>();
    if (runs.anyOf(null)) {
      machines.addAll(machines());
      List<String> differences = machines.get(0).differences(now);
      if (!differences.isEmpty()) {
        throw refuse(
            "the figures in %s would not be comparable (%s): choose another directory"
                .formatted(directory, String.join("; ", differences)));
      }
    }
    machines.add(now);
    JsonFile.write(machineFile, JsonFile.text(machines));
  }

  /**
   * To be called before the scenario's first run.
   *
   * @throws CommandFailure if there are runs of that name with other parameters
   */
  public void record(RecordedScenario now) {
    RunFiles.requireName(now.name());
    TreeMap<String, RecordedScenario> scenarios = scenarios();
    RecordedScenario before = scenarios.get(now.name());
    if (before != null && runs.anyOf(now.name())) {
      List<String> differences = before.differences(now);
      if (!differences.isEmpty()) {
        throw refuse(
            "%s in %s was other work (%s): choose another directory, or delete %s"
                .formatted(
                    now.name(),
                    directory,
                    String.join("; ", differences),
                    directory.resolve(now.name())));
      }
    }
    scenarios.put(now.name(), now);
    JsonFile.write(scenarioFile, JsonFile.text(scenarios.values()));
  }

  /** Keeps what the reports say about a contender. */
  public void record(Contender contender) {
    RunFiles.requireName(contender.name());
    TreeMap<String, Contender> contenders = contenders();
    contenders.put(contender.name(), contender);
    JsonFile.write(contenderFile, JsonFile.text(contenders.values()));
  }

  /** Whether that run has been measured, well or not. */
  public boolean has(String scenario, String contender, int repetition) {
    return runs.has(scenario, contender, repetition);
  }

  /**
   * @throws IllegalStateException if its scenario has not been recorded
   */
  public void save(RunResult run) {
    if (!scenarios().containsKey(run.scenario())) {
      throw new IllegalStateException(run.scenario() + " has not been recorded");
    }
    runs.write(run);
  }

  /**
   * @throws CommandFailure if there are no results, or a file is damaged
   */
  Results read() {
    List<Machine> machines = machines();
    TreeMap<String, RecordedScenario> scenarios = scenarios();
    List<RunResult> all = runs.readAll();
    for (RunResult run : all) {
      if (!scenarios.containsKey(run.scenario())) {
        throw JsonFile.damaged(
            scenarioFile, "it does not name " + run.scenario(), KEPT_BY_HAND, null);
      }
    }
    return new Results(
        machines, List.copyOf(scenarios.values()), List.copyOf(contenders().values()), all);
  }

  private List<Machine> machines() {
    List<Machine> machines = JsonFile.read(machineFile, new TypeReference<>() {}, KEPT_BY_HAND);
    if (machines == null && runs.anyOf(null)) {
      throw JsonFile.damaged(machineFile, "it is missing", KEPT_BY_HAND, null);
    }
    if (machines == null || machines.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED, directory + " holds no results: there is no machine.json in it");
    }
    return machines;
  }

  private TreeMap<String, RecordedScenario> scenarios() {
    TreeMap<String, RecordedScenario> byName = new TreeMap<>(new ScenarioOrder());
    List<RecordedScenario> scenarios =
        JsonFile.read(scenarioFile, new TypeReference<>() {}, KEPT_BY_HAND);
    if (scenarios != null) {
      scenarios.forEach(scenario -> byName.put(scenario.name(), scenario));
    }
    return byName;
  }

  private TreeMap<String, Contender> contenders() {
    TreeMap<String, Contender> byName = new TreeMap<>();
    @Nullable List<Contender> contenders =
        JsonFile.read(contenderFile, new TypeReference<>() {}, KEPT_BY_HAND);
    if (contenders != null) {
      contenders.forEach(contender -> byName.put(contender.name(), contender));
    }
    return byName;
  }

  private static CommandFailure refuse(String line) {
    return CommandFailure.usage(line);
  }
}
