package dev.brigade.monitor;

import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Interrupts;
import dev.brigade.orders.Json;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.KitchenTopics;
import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.Order;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brigade monitor tail}: a reader of {@code latency} like any other. */
@Command(
    name = "tail",
    description = "Reads the latency topic and prints its windows, from now on.",
    sortOptions = false)
final class TailCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(100);

  @Spec CommandSpec spec;
  @Mixin CommonOptions.Connection connection;

  @Option(names = "--from-beginning", description = "Start with the oldest window in the topic.")
  boolean fromBeginning;

  @Option(names = "--all", description = "Every revision, not only final windows.")
  boolean all;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Stop after N lines (default: go on until a signal).")
  @Nullable Long count;

  @Option(
      names = "--dish",
      paramLabel = "DISH",
      description = "Only this dish; * for all dishes together (default: each of them).")
  @Nullable String dish;

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      description = "Only windows of this length: 10 or 60 (default: both).")
  @Nullable Integer window;

  @Override
  public Integer call() {
    check();
    if (count != null && count == 0) {
      return ExitCode.DONE;
    }
    Interrupts interrupts = Interrupts.install();
    try (ClusterConnection cluster = ClusterConnection.open(connection)) {
      Kitchen kitchen = cluster.kitchen();
      int partitions =
          KitchenTopics.read(cluster.admin(), kitchen, List.of(kitchen.latency()))
              .partitions(kitchen.latency());
      try (LatencyReader latency =
          LatencyReader.open(cluster.clientConfig(), kitchen, partitions, fromBeginning)) {
        print(latency, interrupts);
      }
      return interrupts.exitCodeOr(ExitCode.DONE);
    }
  }

  private void check() {
    if (count != null && count < 0) {
      throw CommandFailure.usage("--count must not be negative, but is " + count);
    }
    if (window != null && !WindowTimes.SECONDS.contains(window)) {
      throw CommandFailure.usage(
          "--window must be one of " + WindowTimes.SECONDS + ", but is " + window);
    }
    if (dish != null && !dish.equals(LatencyWindow.ALL_DISHES)) {
      try {
        Order.requireDish(dish);
      } catch (IllegalArgumentException e) {
        throw CommandFailure.usage("--dish: " + e.getMessage());
      }
    }
  }

  private void print(LatencyReader latency, Interrupts interrupts) {
    PrintWriter out = spec.commandLine().getOut();
    if (!connection.json()) {
      out.println(WindowFormat.timedHeader());
    }
    long left = count == null ? Long.MAX_VALUE : count;
    while (!interrupts.isStopping() && !out.checkError()) {
      for (LatencyWindow read : latency.poll(POLL)) {
        if (isWanted(read)) {
          out.println(connection.json() ? Json.writeText(read) : WindowFormat.timedRow(read));
          if (--left == 0) {
            out.flush();
            return;
          }
        }
      }
    }
  }

  private boolean isWanted(LatencyWindow read) {
    return (all || read.isFinal())
        && (dish == null || dish.equals(read.dish()))
        && (window == null || window == read.windowSeconds());
  }
}
