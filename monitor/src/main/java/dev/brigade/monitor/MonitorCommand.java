package dev.brigade.monitor;

import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Interrupts;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.KitchenTopics;
import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code brigade monitor}: measures until a signal ends it. What it shows it has read back from
 * {@code latency}, so it is what every other reader gets to see.
 */
@Command(
    name = "monitor",
    description = {
      "Measures how long orders take and publishes it to the latency topic.",
      "Several monitors of one kitchen share the work."
    },
    subcommands = TailCommand.class,
    sortOptions = false)
public final class MonitorCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_THREADS = 64;

  @Spec CommandSpec spec;
  @Mixin CommonOptions.Connection connection;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Stream threads, 1 to " + MOST_THREADS + " (default: ${DEFAULT-VALUE}).")
  int threads = 1;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = {
        "Where this machine's monitors keep who they are, so that one that is started again after a"
            + " crash goes on at once (default: a directory of this user's under the system's"
            + " temporary one). What they measure is kept on the brokers."
      })
  @Nullable Path stateDirectory;

  /** Made by picocli. */
  public MonitorCommand() {}

  @Override
  public Integer call() {
    if (threads < 1 || threads > MOST_THREADS) {
      throw CommandFailure.usage("--threads must be 1 to " + MOST_THREADS);
    }
    Interrupts interrupts = Interrupts.install();
    try (ClusterConnection cluster = ClusterConnection.open(connection)) {
      Kitchen kitchen = cluster.kitchen();
      KitchenTopics topics =
          KitchenTopics.read(
              cluster.admin(),
              kitchen,
              List.of(kitchen.orders(), kitchen.meals(), kitchen.deadLetters(), kitchen.latency()));
      int partitions = topics.requireUsable(false, this::note);
      try (LatencyReader latency =
              LatencyReader.open(
                  cluster.clientConfig(), kitchen, topics.partitions(kitchen.latency()), false);
          MonitorRun run = MonitorRun.start(cluster, topics, partitions, directory(), threads)) {
        note("measuring " + kitchen.orders() + ", " + partitions + " partitions");
        watch(latency, run, interrupts);
      }
      return interrupts.exitCodeOr(ExitCode.DONE);
    }
  }

  private void watch(LatencyReader latency, MonitorRun run, Interrupts interrupts) {
    PrintWriter out = spec.commandLine().getOut();
    LatencyView view = view(out, run);
    while (!interrupts.isStopping() && !out.checkError()) {
      run.check();
      for (LatencyWindow window : latency.poll(POLL)) {
        view.show(window);
      }
      view.tick();
    }
    String notCounted = notCounted(run);
    if (!notCounted.isEmpty()) {
      note("since the kitchen exists, in no window: " + notCounted);
    }
  }

  private LatencyView view(PrintWriter out, MonitorRun run) {
    if (connection.json()) {
      return LatencyView.json(out);
    }
    Terminal terminal = connection.terminal();
    return terminal.stdout()
        ? new LatencyTable(out, terminal.colours(), System::currentTimeMillis, () -> footer(run))
        : LatencyView.lines(out);
  }

  private static String footer(MonitorRun run) {
    if (!run.isRunning()) {
      return "starting";
    }
    String notCounted = notCounted(run);
    return notCounted.isEmpty() ? "" : "not counted above: " + notCounted;
  }

  private static String notCounted(MonitorRun run) {
    List<String> odd = new ArrayList<>();
    for (OddityKind kind : OddityKind.values()) {
      long count = run.count(kind);
      if (count > 0) {
        odd.add(count + " " + kind.wireName());
      }
    }
    return String.join(", ", odd);
  }

  private Path directory() {
    return stateDirectory != null
        ? stateDirectory
        : Path.of(
            System.getProperty("java.io.tmpdir"), "brigade-" + System.getProperty("user.name"));
  }

  private void note(String line) {
    if (!connection.quiet()) {
      spec.commandLine().getErr().println(line);
    }
  }
}
