package dev.brigade.cluster;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Interrupts;
import dev.brigade.orders.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code brigade cluster}: prints one line on stdout when all brokers serve clients, then runs
 * until it is told to stop (exit code 130 or 143) or its last broker has ended by itself (1).
 */
@Command(
    name = "cluster",
    description = "Runs a local Kafka cluster of broker processes until interrupted.",
    sortOptions = false)
public final class ClusterCommand implements Callable<Integer> {
  /** Among the ids of nodes that have ended: the request to stop. */
  private static final int STOP = 0;

  @Spec CommandSpec spec;
  @Mixin CommonOptions common;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Broker processes, 1 to 9; 3 survive the loss of one (default: 1).")
  int brokers = 1;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description =
          "Port of the first broker, the next take the following; 0: free ones (default: 9092).")
  int port = 9092;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the data survives (default: a temporary directory).")
  @Nullable Path dataDirectory;

  @Override
  public Integer call() throws InterruptedException {
    KafkaClusterBuilder builder = builder();
    BlockingQueue<Integer> events = new LinkedBlockingQueue<>();
    Interrupts interrupts = Interrupts.install();
    interrupts.onStop(() -> events.add(STOP));
    progress("starting %d broker(s)".formatted(brokers));
    try (KafkaCluster cluster = builder.start()) {
      announce(cluster);
      cluster.nodes().forEach(node -> watch(cluster, node, events));
      awaitStop(cluster, events);
      progress("stopping");
    } catch (UnusableDataDirectoryException e) {
      throw CommandFailure.usage("--data-dir: " + e.getMessage());
    }
    return interrupts.exitCodeOr(ExitCode.DONE);
  }

  private KafkaClusterBuilder builder() {
    KafkaClusterBuilder builder = KafkaCluster.builder().asProcesses();
    try {
      builder.brokers(brokers).firstPort(port);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
    return dataDirectory == null ? builder : builder.dataDirectory(dataDirectory);
  }

  private void announce(KafkaCluster cluster) {
    spec.commandLine()
        .getOut()
        .println(common.json() ? Json.writeText(Ready.of(cluster)) : cluster.bootstrapServers());
    spec.commandLine().getOut().flush();
    progress(
        "ready; data in %s%s"
            .formatted(
                cluster.dataDirectory(), dataDirectory == null ? ", deleted at the end" : ""));
  }

  private static void watch(KafkaCluster cluster, int node, BlockingQueue<Integer> events) {
    var unused = end(cluster.pid(node)).thenRun(() -> events.add(node));
  }

  private static CompletableFuture<?> end(OptionalLong pid) {
    Optional<ProcessHandle> process =
        pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
    return process.isPresent() ? process.get().onExit() : CompletableFuture.completedFuture(null);
  }

  private void awaitStop(KafkaCluster cluster, BlockingQueue<Integer> events)
      throws InterruptedException {
    for (int event = events.take(); event != STOP; event = events.take()) {
      String words =
          "broker %d has ended by itself; its log ends with: %s"
              .formatted(event, LastWords.of(cluster.log(event)));
      if (cluster.nodes().stream().noneMatch(cluster::isRunning)) {
        throw new ClusterException(words);
      }
      progress(words);
    }
  }

  private void progress(String line) {
    if (!common.quiet()) {
      spec.commandLine().getErr().println("cluster: " + line);
    }
  }

  /** The line on stdout with {@code --json}. */
  private record Ready(
      String bootstrapServers, String clusterId, String dataDirectory, List<Node> nodes) {
    record Node(int id, long pid) {}

    static Ready of(KafkaCluster cluster) {
      return new Ready(
          cluster.bootstrapServers(),
          cluster.clusterId(),
          cluster.dataDirectory().toString(),
          cluster.nodes().stream().map(id -> new Node(id, cluster.pid(id).orElse(-1))).toList());
    }
  }
}
