package dev.brigade.kitchen;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.KafkaClusterBuilder;
import dev.brigade.cluster.UnusableDataDirectoryException;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.Durations;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code brigade demo}: the whole pipeline on this machine, with a crash in the middle and a check
 * at the end. Leaves no process and no data behind, however it ends.
 */
@Command(
    name = "demo",
    description =
        "Shows the whole pipeline on this machine: a Kafka cluster, a producer, worker processes and"
            + " the monitor. Kills a worker half way, starts two more, and checks the log at the"
            + " end.",
    footer = {"", "Exit code 0 if nothing was lost and every table was served in order, 1 if not."},
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private static final int MAX_WORKERS = 50;
  private static final int MAX_CHEFS = 10_000;
  private static final double MAX_RATE = 1_000_000;
  private static final Duration MAX_DURATION = Duration.ofHours(24);

  @Spec CommandSpec spec;
  @Mixin CommonOptions options;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = "Worker processes to begin with (default: ${DEFAULT-VALUE}).")
  int workers = 3;

  @Option(
      names = "--chefs",
      paramLabel = "N",
      defaultValue = "4",
      description = "Chefs of each worker (default: ${DEFAULT-VALUE}).")
  int chefs = 4;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Orders per second (default: 16 for each chef, which keeps them well used).")
  @Nullable Double rate;

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      defaultValue = "26s",
      description = "How long orders are placed (default: ${DEFAULT-VALUE}).")
  Duration duration = Duration.ofSeconds(26);

  @Option(
      names = "--brokers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Broker processes, 1 to 9 (default: ${DEFAULT-VALUE}).")
  int brokers = 1;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the cluster's data survives (default: a temporary directory).")
  @Nullable Path dataDirectory;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Decides what is ordered at which tables, and which worker is killed (default:"
              + " ${DEFAULT-VALUE}).")
  long seed = 1;

  @Override
  public Integer call() throws InterruptedException {
    long startedNanos = System.nanoTime();
    DemoPlan plan = plan();
    KafkaClusterBuilder builder = cluster();
    DemoDisplay display = display(plan, startedNanos);
    return TemporaryRun.of(
        "demo",
        display::say,
        (directory, interrupts) -> {
          display.say("starting a Kafka cluster of %d broker process(es)".formatted(brokers));
          try (KafkaCluster cluster = builder.start();
              DemoProcesses processes = new DemoProcesses(directory)) {
            Demo demo = new Demo(plan, cluster, directory, processes, interrupts, display);
            DemoVerdict verdict = demo.play(startedNanos);
            print(verdict);
            return verdict.passed() ? ExitCode.DONE : ExitCode.FAILED;
          } catch (UnusableDataDirectoryException e) {
            throw new CommandFailure(ExitCode.USAGE, "--data-dir: " + e.getMessage(), e);
          }
        });
  }

  DemoPlan plan() {
    within("--workers", workers, MAX_WORKERS);
    within("--chefs", chefs, MAX_CHEFS);
    double perSecond = rate == null ? DemoPlan.defaultRate(workers, chefs) : rate;
    if (!(perSecond >= 1 && perSecond <= MAX_RATE)) {
      throw CommandFailure.usage("--rate must be 1 to 1000000 orders per second");
    }
    if (duration.toSeconds() < 1 || duration.compareTo(MAX_DURATION) > 0) {
      throw CommandFailure.usage("--duration must be 1s to " + MAX_DURATION.toHours() + "h");
    }
    long orders = (long) (perSecond * duration.toMillis() / 1000);
    return new DemoPlan(workers, chefs, brokers, perSecond, orders, seed);
  }

  private KafkaClusterBuilder cluster() {
    KafkaClusterBuilder builder = KafkaCluster.builder().asProcesses();
    try {
      builder.brokers(brokers);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--brokers: " + e.getMessage());
    }
    return dataDirectory == null ? builder : builder.dataDirectory(dataDirectory);
  }

  private DemoDisplay display(DemoPlan plan, long startedNanos) {
    if (options.quiet()) {
      return DemoDisplay.NONE;
    }
    PrintWriter err = spec.commandLine().getErr();
    return options.terminal().stderr()
        ? new LiveDisplay(err, new DemoScreen(plan, Style.of(options.terminal())), startedNanos)
        : new LineDisplay(err, plan, startedNanos);
  }

  private void print(DemoVerdict verdict) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(Json.writeText(verdict));
    } else {
      out.println();
      verdict.lines().forEach(out::println);
    }
    out.flush();
  }

  private static void within(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw CommandFailure.usage(option + " must be 1 to " + most + ", but is " + value);
    }
  }
}
