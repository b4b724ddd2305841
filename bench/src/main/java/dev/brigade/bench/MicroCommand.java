package dev.brigade.bench;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brigade bench micro}: what the worker's inner structures cost per order. */
@Command(
    name = "micro",
    description = "Measures the worker's inner structures by themselves: time and bytes per order.",
    footer = {
      "",
      "An operation is one order; of DoneSetBenchmark, one partition's commit or takeover.",
      "± is half of the 99.9 % confidence interval. With --json: JMH's own results."
    },
    sortOptions = false)
final class MicroCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin CommonOptions options;

  @Parameters(
      paramLabel = "PATTERN",
      arity = "0..1",
      defaultValue = "",
      description = "Only benchmarks whose name contains this regular expression.")
  String pattern = "";

  @Option(
      names = "--quick",
      description =
          "Half a minute instead of three, in which the JVM does not get warm: to see that it "
              + "runs, not for figures.")
  boolean quick;

  @Override
  public Integer call() {
    Collection<RunResult> results = run(quick ? MicroEffort.QUICK : MicroEffort.USUAL);
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.print(json(results));
    } else {
      MicroTable.lines(results.stream().map(MicroFigure::of).toList()).forEach(out::println);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private Collection<RunResult> run(MicroEffort effort) {
    try {
      Pattern.compile(pattern);
      return new Runner(effort.of(pattern), progress()).run();
    } catch (PatternSyntaxException e) {
      throw CommandFailure.usage(
          "'" + pattern + "' is no regular expression: " + e.getDescription());
    } catch (NoBenchmarksException e) {
      throw CommandFailure.usage("no benchmark's name contains '" + pattern + "'");
    } catch (RunnerException e) {
      throw new CommandFailure(
          ExitCode.FAILED, e.getMessage() + " (--verbose shows all that JMH says)", e);
    }
  }

  private OutputFormat progress() {
    if (options.verbose()) {
      return OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL);
    }
    return options.quiet()
        ? OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT)
        : new MicroProgress(spec.commandLine().getErr());
  }

  private static String json(Collection<RunResult> results) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(json, false, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(results);
    stream.flush();
    return json.toString(StandardCharsets.UTF_8);
  }
}
