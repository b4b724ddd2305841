package dev.brigade.kitchen;

import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Interrupts;
import dev.brigade.orders.Text;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brigade supervise}: N worker processes that are replaced when they die. */
@Command(
    name = "supervise",
    customSynopsis = "brigade supervise --workers N [OPTION…] -- WORKER OPTIONS",
    description = {
      "Runs N workers, each in a process of its own, and replaces those that die.",
      "",
      "Options before -- are the supervisor's; --bootstrap-server, --command-config, "
          + "--kitchen, --quiet and --verbose go to its workers, too. What stands behind -- is for "
          + "the workers alone.",
      ""
    },
    footer = {
      "",
      "A worker that ends is replaced under the same id: at once, then with growing pauses of "
          + "up to 30 s while it lives for less than 10 s. Its partitions go to the other workers "
          + "meanwhile. Exit code 2 (wrong usage) or 4 (not authorised) of a worker ends all of "
          + "them, with that code.",
      "",
      "SIGTERM and SIGINT let all workers finish what they cook; a second signal stops them at "
          + "once. The supervisor's death is a SIGTERM to its workers."
    },
    sortOptions = false)
final class SuperviseCommand implements Callable<Integer> {
  private static final int MAX_WORKERS = 1_000;
  private static final String ID_PREFIX = "[A-Za-z0-9._-]{1,58}";
  private static final int MAX_ID_PREFIX = 58;

  /** Options of a worker that the supervisor gives it, and what its user says instead. */
  private static final Map<String, String> OURS =
      Map.of(
          "--bootstrap-server", "give it before --",
          "--command-config", "give it before --",
          "--kitchen", "give it before --",
          "--worker-id", "use --worker-id-prefix before --");

  @Mixin CommonOptions.Connection connection;

  @Spec CommandSpec spec;

  @Option(
      names = "--workers",
      paramLabel = "N",
      required = true,
      description = "How many worker processes.")
  int workers;

  @Option(
      names = "--worker-id-prefix",
      paramLabel = "PREFIX",
      description =
          "Workers are named PREFIX-1 to PREFIX-N, unique in their kitchen (default: the host's "
              + "name).")
  @Nullable String idPrefix;

  @Parameters(paramLabel = "WORKER OPTIONS", description = "See brigade worker --help.")
  List<String> workerOptions = List.of();

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    String prefix = idPrefix != null ? idPrefix : hostName();
    Interrupts interrupts = Interrupts.install();
    try (ClusterConnection cluster = ClusterConnection.open(connection)) {
      Eviction eviction = new Eviction(cluster.admin(), cluster.kitchen().chefsGroup());
      eviction.rehearse(prefix + "-0");
      Supervisor supervisor =
          new Supervisor(workers, prefix, workerArguments(), removal(cluster, eviction));
      interrupts.onStop(supervisor::stop);
      return supervisor.run() ? interrupts.exitCodeOr(ExitCode.DONE) : ExitCode.FAILED;
    }
  }

  /**
   * Fenced and evicted at the same time: a new owner of its partitions waits until no transaction
   * is open, most often less than it takes the group to agree. Both are done before the worker is
   * started again: its first transaction would be fenced, too.
   */
  private SupervisedWorker.Removal removal(ClusterConnection cluster, Eviction eviction) {
    if (!isExactlyOnce()) {
      return eviction::evict;
    }
    Fencing fencing = new Fencing(cluster.admin(), cluster.kitchen());
    return workerId -> {
      CompletableFuture<Void> fenced = fencing.fence(workerId);
      eviction.evict(workerId);
      fenced.join();
    };
  }

  private boolean isExactlyOnce() {
    int last = workerOptions.lastIndexOf("--delivery");
    return workerOptions.contains("--delivery=exactly-once")
        || (last >= 0
            && last + 1 < workerOptions.size()
            && workerOptions.get(last + 1).equals("exactly-once"));
  }

  private void checkOptions() {
    if (workers < 1 || workers > MAX_WORKERS) {
      throw CommandFailure.usage(
          "--workers must be 1 to %d, but is %d".formatted(MAX_WORKERS, workers));
    }
    if (idPrefix != null && !idPrefix.matches(ID_PREFIX)) {
      throw CommandFailure.usage("--worker-id-prefix must match " + ID_PREFIX);
    }
    if (workerOptions.isEmpty()) {
      throw CommandFailure.usage(
          "no worker options: add them at the end, for example -- --recipe '*=simulate:20ms'");
    }
    for (String word : workerOptions) {
      String option = word.split("=", 2)[0];
      if (OURS.containsKey(option)) {
        throw CommandFailure.usage(
            "%s stands behind --, but the supervisor sets it: %s"
                .formatted(option, OURS.get(option)));
      }
    }
    checkMetricsPort();
  }

  /** One port cannot be listened to by several. */
  private void checkMetricsPort() {
    String name = "--metrics-port";
    for (int i = 0; i < workerOptions.size(); i++) {
      String word = workerOptions.get(i);
      String port = word.startsWith(name + "=") ? word.substring(name.length() + 1) : null;
      if (word.equals(name) && i + 1 < workerOptions.size()) {
        port = workerOptions.get(i + 1);
      }
      if (port != null && workers > 1 && !port.equals("0")) {
        throw CommandFailure.usage(
            "%s %s stands behind --, but %d workers cannot share it: give 0, and each takes a free"
                    .formatted(name, Text.shown(port), workers)
                + " one and prints it");
      }
    }
  }

  /** The command and options that all workers have in common. */
  private List<String> workerArguments() {
    List<String> arguments = new ArrayList<>(List.of("worker"));
    arguments.addAll(List.of("--bootstrap-server", connection.bootstrapServer()));
    arguments.addAll(List.of("--kitchen", connection.kitchen().name()));
    @Nullable Path config =
        spec.commandLine().getParseResult().matchedOptionValue("--command-config", null);
    if (config != null) {
      arguments.addAll(List.of("--command-config", config.toString()));
    }
    if (connection.quiet() && !workerOptions.contains("--quiet")) {
      arguments.add("--quiet");
    }
    if (connection.verbose() && !workerOptions.contains("--verbose")) {
      arguments.add("--verbose");
    }
    arguments.addAll(workerOptions);
    return arguments;
  }

  private static String hostName() {
    String host = "localhost";
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A host without a name that can be looked up.
    }
    String fit = host.replaceAll("[^A-Za-z0-9._-]", "-");
    return fit.substring(0, Math.min(fit.length(), MAX_ID_PREFIX));
  }
}
