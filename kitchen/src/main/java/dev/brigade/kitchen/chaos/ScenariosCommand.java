package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.RunNotes;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brigade chaos scenarios}: every kind of fault by itself, as often as asked for. */
@Command(
    name = "scenarios",
    description = {
      "Runs scenarios, each several times with both deliveries, and writes a table of what "
          + "they cost. What has been run into a directory is not run again.",
      ""
    },
    sortOptions = false)
final class ScenariosCommand implements Callable<Integer> {
  private static final int MAX_RUNS = 100;

  @Spec CommandSpec spec;
  @Mixin CommonOptions options;

  @Parameters(
      paramLabel = "SCENARIO",
      arity = "0..*",
      description = "Which; by default all of them.")
  List<String> names = List.of();

  @Option(
      names = "--list",
      description = "Show the scenarios and what they may cost, and run none.")
  boolean list;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs of each, with each delivery (default: ${DEFAULT-VALUE}).")
  int runs = 1;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "chaos-scenarios",
      description = "Where results are kept, table.md among them (default: ${DEFAULT-VALUE}).")
  Path results = Path.of("chaos-scenarios");

  @Override
  public Integer call() throws InterruptedException {
    if (runs < 1 || runs > MAX_RUNS) {
      throw CommandFailure.usage("--runs must be 1 to %d, but is %d".formatted(MAX_RUNS, runs));
    }
    List<Scenario> asked =
        names.isEmpty() ? Scenarios.all() : names.stream().map(Scenarios::named).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      ScenarioTable.describe(asked).forEach(out::println);
      out.flush();
      return ExitCode.DONE;
    }
    RunNotes notes = new RunNotes(spec.commandLine().getErr(), options.quiet());
    for (int run = 1; run <= runs; run++) {
      for (Scenario scenario : asked) {
        for (String delivery : ChaosPlan.DELIVERIES) {
          int exitCode = run(scenario, delivery, run, notes);
          if (exitCode == ExitCode.INTERRUPTED || exitCode == ExitCode.TERMINATED) {
            return exitCode;
          }
        }
      }
    }
    ScenarioTable table = ScenarioTable.read(results, asked);
    table.write(results.resolve("table.md"));
    table.lines().forEach(out::println);
    out.flush();
    return table.allPassed() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private int run(Scenario scenario, String delivery, int run, RunNotes notes)
      throws InterruptedException {
    ChaosPlan base = ChaosPlan.ofScenario(run, delivery);
    Path directory = results.resolve(ScenarioTable.directory(scenario, delivery, run));
    if (Files.exists(directory.resolve("verdict.json"))) {
      return ExitCode.DONE;
    }
    String why = ScenarioRun.whyNot(scenario, base);
    if (why != null) {
      notes.say("%s, %s, is left out: %s", scenario.name(), delivery, why);
      return ExitCode.DONE;
    }
    notes.say("%s, %s, run %d", scenario.name(), delivery, run);
    long started = System.nanoTime();
    return ScenarioRun.of(scenario, base)
        .run(
            ResultFiles.in(directory),
            words -> notes.say("  %s", words),
            verdict ->
                notes.say(
                    "%s, %s, run %d: %s after %d s",
                    scenario.name(),
                    delivery,
                    run,
                    verdict.verdict(),
                    Duration.ofNanos(System.nanoTime() - started).toSeconds()));
  }
}
