package dev.brigade.bench;

import dev.brigade.bench.report.ResultsDirectory;
import dev.brigade.bench.report.ThisMachine;
import dev.brigade.kitchen.TemporaryRun;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Spelling;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brigade bench SCENARIO…}: measures; without a scenario it tells what there is. */
@Command(
    name = "bench",
    description = {
      "Measures Brigade beside others that do the same work, on a fresh broker for every run.",
      "Without a scenario it lists scenarios and contenders. Linux only."
    },
    subcommands = {ReportCommand.class, MicroCommand.class},
    sortOptions = false,
    footer = {
      "",
      "What has been measured into a directory is not measured again: a bench that was stopped "
          + "goes on where it was. An external contender is told by its environment what to do:",
      "BRIGADE_BENCH_BOOTSTRAP, _ORDERS and _MEALS (topics), _GROUP, _WORKER (its name), "
          + "_CONCURRENCY, _COOK_MICROS, _SLOW_MICROS (for orders of the dish slow); see "
          + "docs/benchmarks.md.",
      "Exit code 1 if Brigade itself did its work wrong in a run."
    })
final class BenchCommand implements Callable<Integer> {
  static final String DEFAULT_RESULTS = "bench-results";
  private static final String EVERYTHING = "all";
  private static final String NOBODY = "none";

  /** NAME=CMD, where the name cannot be taken for a variable that the command begins with. */
  private static final Pattern NAMED = Pattern.compile("([a-z][a-z0-9-]{0,30})=(.*)");

  @Spec CommandSpec spec;
  @Mixin CommonOptions common;

  @Parameters(
      paramLabel = "SCENARIO",
      arity = "0..*",
      description = "What to measure; all: everything.")
  List<String> scenarios = List.of();

  @Option(
      names = "--against",
      paramLabel = "NAME,…",
      split = ",",
      description = "Contenders beside Brigade (default: those of the scenario); none: nobody.")
  @Nullable List<String> against;

  @Option(
      names = "--external",
      paramLabel = "[NAME=]CMD",
      description = "A contender of your own: a command line for sh; repeatable.")
  List<String> externals = List.of();

  @Option(
      names = "--external-order",
      paramLabel = "key|partition|none",
      defaultValue = "none",
      description = "What external contenders promise of the order of meals (default: none).")
  OrderPromise externalOrder = OrderPromise.NONE;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "Runs of every contender (default: the scenario's, 3 or 5).")
  @Nullable Integer repetitions;

  @Option(
      names = "--scale",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Of the scenario's number of orders; 0.05 for a first look (default: 1).")
  double scale = 1;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = DEFAULT_RESULTS,
      description = "Where results are kept, report.html among them (default: ${DEFAULT-VALUE}).")
  Path results = Path.of(DEFAULT_RESULTS);

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (scenarios.isEmpty()) {
      list(out);
      return ExitCode.DONE;
    }
    List<Bench.Round> rounds = rounds();
    ResultsDirectory directory = new ResultsDirectory(results);
    directory.begin(ThisMachine.describe(Build.version(), Build.commit(), Instant.now(), typed()));
    int exitCode = TemporaryRun.of("bench", this::note, measuring(directory, rounds));
    if (exitCode == ExitCode.DONE || exitCode == ExitCode.FAILED) {
      Reports.publish(directory, common.json(), out);
    }
    return exitCode;
  }

  private TemporaryRun.Body measuring(ResultsDirectory directory, List<Bench.Round> rounds) {
    return (files, interrupts) -> {
      Bench bench = new Bench(directory, files, interrupts, this::note);
      for (Bench.Round round : rounds) {
        bench.run(round);
      }
      return bench.brigadeWasWrong() ? ExitCode.FAILED : ExitCode.DONE;
    };
  }

  private List<String> typed() {
    return Stream.concat(
            Stream.of("brigade"), spec.commandLine().getParseResult().originalArgs().stream())
        .toList();
  }

  private void list(PrintWriter out) {
    out.println("scenarios");
    Scenarios.all().forEach(one -> out.printf("  %-17s %s%n", one.name(), one.what()));
    out.println();
    out.println("contenders");
    book().all().forEach(one -> out.printf("  %-21s %s%n", one.name(), one.description()));
    out.flush();
  }

  private List<Bench.Round> rounds() {
    if (!(scale > 0 && scale <= 100)) {
      throw CommandFailure.usage("--scale must be above 0 and at most 100, but is " + scale);
    }
    if (repetitions != null && (repetitions < 1 || repetitions > 1_000)) {
      throw CommandFailure.usage("--repetitions must be 1 to 1000, but is " + repetitions);
    }
    ContenderBook book = book();
    List<Bench.Round> rounds = new ArrayList<>();
    for (Scenario scenario : chosen()) {
      int times = repetitions != null ? repetitions : scenario.repetitions();
      rounds.add(new Bench.Round(scenario.scaled(scale), contenders(scenario, book), times));
    }
    return rounds;
  }

  private List<Scenario> chosen() {
    List<Scenario> all = Scenarios.all();
    if (scenarios.contains(EVERYTHING)) {
      return all;
    }
    List<String> known = all.stream().map(Scenario::name).toList();
    for (String name : scenarios) {
      if (!known.contains(name)) {
        throw CommandFailure.usage("there is no scenario " + name + Spelling.hint(name, known));
      }
    }
    return all.stream().filter(scenario -> scenarios.contains(scenario.name())).toList();
  }

  /** Brigade, whoever it is to be measured against, and the user's own. */
  private List<Contender> contenders(Scenario scenario, ContenderBook book) {
    Stream<String> names = scenario.contenders().stream();
    if (against != null) {
      names =
          Stream.concat(
              names.filter(name -> name.startsWith(BrigadeContenders.NAME)),
              against.stream().filter(name -> !name.equals(NOBODY)));
    }
    return Stream.concat(names.map(book::named), externals().stream()).distinct().toList();
  }

  private ContenderBook book() {
    return ContenderBook.of(Build.launcher(), externals());
  }

  private List<Contender> externals() {
    List<Contender> contenders = new ArrayList<>();
    for (String external : externals) {
      Matcher named = NAMED.matcher(external);
      String name = named.matches() ? named.group(1) : "external";
      String command = named.matches() ? named.group(2) : external;
      if (command.isBlank()) {
        throw CommandFailure.usage(
            "--external needs a command line, as in --external 'java -jar my.jar'");
      }
      contenders.add(
          new Contender(name, command, externalOrder, List.of("sh", "-c", "exec " + command)));
    }
    return contenders;
  }

  private void note(String note) {
    if (!common.quiet()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(note);
      err.flush();
    }
  }
}
