package dev.brigade.kitchen;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import sun.misc.Signal;

/**
 * {@code brigade warm-up}: a whole kitchen in this one JVM, broker included, that cooks a few
 * orders and is then told to stop like any other. Whoever records the classes of this run (the
 * launcher does, for its class-data archive) has those of every command.
 */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Runs a small kitchen in this JVM, so that the classes of all commands load.",
    sortOptions = false)
final class WarmUpCommand implements Callable<Integer> {
  private static final long LIMIT_SECONDS = 120;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    try (KafkaCluster cluster = KafkaCluster.builder().inThisJvm().start()) {
      String server = cluster.bootstrapServers();
      int made = brigade("init", server, "--partitions", "2");
      var worker =
          start(() -> brigade("worker", server, "--recipe", "*=simulate:1ms", "--chefs", "2"));
      String state = cluster.dataDirectory().resolve("monitor").toString();
      var monitor = start(() -> brigade("monitor", server, "--state-dir", state));
      int cooked = brigade("producer generate", server, "--count", "60", "--rate", "20", "--wait");
      Signal.raise(new Signal("TERM"));
      return made == ExitCode.DONE
              && cooked == ExitCode.DONE
              && end(worker) == ExitCode.TERMINATED
              && end(monitor) == ExitCode.TERMINATED
          ? ExitCode.DONE
          : ExitCode.FAILED;
    }
  }

  private static int end(CompletableFuture<Integer> command) {
    return command.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  private static int brigade(String command, String server, String... options) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.addAll(List.of("--quiet", "--bootstrap-server", server));
    args.addAll(List.of(options));
    return Brigade.run(args.toArray(String[]::new));
  }

  /** On a daemon thread: should it hang, the JVM ends all the same. */
  private static CompletableFuture<Integer> start(Callable<Integer> command) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(command.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            },
            "warm-up");
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
