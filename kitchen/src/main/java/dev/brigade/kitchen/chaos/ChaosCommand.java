package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.RunNotes;
import dev.brigade.kitchen.chaos.tools.Doctor;
import dev.brigade.kitchen.chaos.tools.DoctorCommand;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.Json;
import dev.brigade.orders.Text;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brigade chaos}: faults under load, and a verdict from the topics. */
@Command(
    name = "chaos",
    description = {
      "Runs the whole pipeline on this machine under load while workers, brokers and "
          + "connections fail, and then checks every promise against the topics.",
      ""
    },
    footer = {
      "",
      "The schedule of faults follows from the seed and is written first; who is hit is found "
          + "out when a fault comes. Writes schedule.json, ledger.txt, verdict.json and report.html.",
      "",
      "Exit code 0: PASSED. 1: FAILED, a promise was broken. 6: UNKNOWN, none was, but a fault "
          + "had no effect or something could not be seen."
    },
    subcommands = {ScenariosCommand.class, DoctorCommand.class},
    sortOptions = false)
public final class ChaosCommand implements Callable<Integer> {
  private static final double MAX_MINUTES = 24 * 60;
  private static final int MAX_WORKERS = 50;
  private static final int MAX_CHEFS = 10_000;
  private static final int MAX_TABLES = 1_000_000;
  private static final double MAX_RATE = 100_000;
  private static final int MAX_BROKERS = 9;

  @Spec CommandSpec spec;
  @Mixin CommonOptions options;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "smoke",
      description = "smoke, workers, brokers, network or full (default: ${DEFAULT-VALUE}).")
  Profile profile = Profile.SMOKE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides the schedule (default: another one every time).")
  @Nullable Long seed;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "2",
      description = "How long orders flow (default: ${DEFAULT-VALUE}).")
  double minutes = 2;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      defaultValue = "3",
      description = "Broker processes (default: ${DEFAULT-VALUE}).")
  int brokers = 3;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = "Worker processes (default: ${DEFAULT-VALUE}).")
  int workers = 3;

  @Option(
      names = "--chefs",
      paramLabel = "N",
      defaultValue = "16",
      description = "Chefs of each worker (default: ${DEFAULT-VALUE}).")
  int chefs = 16;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description = "Orders per second (default: ${DEFAULT-VALUE}).")
  double rate = 500;

  @Option(
      names = "--tables",
      paramLabel = "N",
      defaultValue = "500",
      description = "Keys that orders have (default: ${DEFAULT-VALUE}).")
  int tables = 500;

  @Option(
      names = "--delivery",
      paramLabel = "MODE",
      defaultValue = "at-least-once",
      description = "at-least-once or exactly-once (default: ${DEFAULT-VALUE}).")
  String delivery = "at-least-once";

  @Option(
      names = "--ordering",
      paramLabel = "ORDER",
      defaultValue = "key",
      description = "key, partition or none (default: ${DEFAULT-VALUE}).")
  String ordering = "key";

  @Option(
      names = "--group-protocol",
      paramLabel = "PROTOCOL",
      defaultValue = "classic",
      description = "classic or consumer (default: ${DEFAULT-VALUE}).")
  String groupProtocol = "classic";

  @Option(
      names = "--recipe",
      paramLabel = "DISH=SPEC",
      description =
          "A recipe of your own, as brigade worker takes it; repeatable. Orders are of these "
              + "dishes (default: stew, 5 ms; souffle, which fails one time in ten; now and then one "
              + "that nobody can cook).")
  List<String> recipes = List.of();

  @Option(
      names = "--worker-option",
      paramLabel = "WORD",
      description =
          "One more word for every worker's command line, such as --plugins=DIR; repeatable.")
  List<String> workerOptions = List.of();

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description =
          "Instead of a soak, one kind of fault by itself and what it may cost; see brigade chaos "
              + "scenarios --list.")
  @Nullable String scenario;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "chaos-results",
      description = "Where results are written (default: ${DEFAULT-VALUE}).")
  Path results = Path.of("chaos-results");

  /** Made by picocli. */
  public ChaosCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    ChaosPlan plan = plan();
    ResultFiles files = ResultFiles.in(results);
    RunNotes notes = new RunNotes(spec.commandLine().getErr(), options.quiet());
    ChaosRun run = scenario == null ? soak(plan, notes) : ScenarioRun.of(scenario(), plan);
    return run.run(files, words -> notes.say("%s", words), this::print);
  }

  private ChaosRun soak(ChaosPlan plan, RunNotes notes) throws InterruptedException {
    Possible possible = Possible.on(plan, new Doctor());
    Schedule schedule = Schedule.of(plan.seed(), possible.kinds(), plan.duration());
    notes.say("seed %d: %d faults are planned", plan.seed(), schedule.faults().size());
    return new ChaosRun(plan, schedule, List.of(), possible.skipped());
  }

  private Scenario scenario() {
    return Scenarios.named(String.valueOf(scenario));
  }

  private ChaosPlan plan() {
    within("--brokers", brokers, MAX_BROKERS);
    within("--workers", workers, MAX_WORKERS);
    within("--chefs", chefs, MAX_CHEFS);
    within("--tables", tables, MAX_TABLES);
    if (!(minutes > 0 && minutes <= MAX_MINUTES)) {
      throw CommandFailure.usage("--minutes must be more than 0 and at most 1440");
    }
    if (!(rate >= 1 && rate <= MAX_RATE)) {
      throw CommandFailure.usage("--rate must be 1 to 100000 orders per second");
    }
    oneOf("--delivery", delivery, ChaosPlan.DELIVERIES);
    oneOf("--ordering", ordering, List.of("key", "partition", "none"));
    oneOf("--group-protocol", groupProtocol, List.of("classic", ChaosPlan.CONSUMER_PROTOCOL));
    for (String recipe : recipes) {
      if (recipe.indexOf('=') < 1) {
        throw CommandFailure.usage(
            "--recipe must be DISH=SPEC, but is '" + Text.shown(recipe) + "'");
      }
    }
    return new ChaosPlan.Builder()
        .seed(seed != null ? seed : ThreadLocalRandom.current().nextLong(1, 1_000_000))
        .profile(profile)
        .duration(Duration.ofMillis((long) (minutes * 60_000)))
        .brokers(brokers)
        .workers(workers)
        .chefs(chefs)
        .perSecond(rate)
        .tables(tables)
        .delivery(delivery)
        .ordering(ordering)
        .groupProtocol(groupProtocol)
        .recipes(recipes.isEmpty() ? ChaosPlan.RECIPES : recipes)
        .workerOptions(
            recipes.isEmpty() && workerOptions.isEmpty() ? ChaosPlan.WORKER_OPTIONS : workerOptions)
        .build();
  }

  private static void within(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw CommandFailure.usage("%s must be 1 to %d, but is %d".formatted(option, most, value));
    }
  }

  private static void oneOf(String option, String value, List<String> words) {
    if (!words.contains(value)) {
      throw CommandFailure.usage(
          "%s must be one of %s, but is '%s'"
              .formatted(option, String.join(", ", words), Text.shown(value)));
    }
  }

  private void print(Verdict verdict) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(Json.writeText(verdict));
    } else {
      new VerdictText(verdict).lines().forEach(out::println);
      out.println("  as a page: " + results.resolve("report.html"));
    }
    out.flush();
  }
}
