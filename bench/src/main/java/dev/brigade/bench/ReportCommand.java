package dev.brigade.bench;

import dev.brigade.bench.report.ResultsDirectory;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brigade bench report [DIR]}: writes and shows the reports of what was measured before. */
@Command(
    name = "report",
    description = "Shows what was measured, and writes report.html and report.md beside it.",
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin CommonOptions common;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = BenchCommand.DEFAULT_RESULTS,
      description = "The results (default: ${DEFAULT-VALUE}).")
  Path results = Path.of(BenchCommand.DEFAULT_RESULTS);

  @Override
  public Integer call() {
    Reports.publish(new ResultsDirectory(results), common.json(), spec.commandLine().getOut());
    return ExitCode.DONE;
  }
}
