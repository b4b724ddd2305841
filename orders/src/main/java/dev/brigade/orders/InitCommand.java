package dev.brigade.orders;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brigade init}: exit code 0 if every topic is now as it should be, 1 if one differs. */
@Command(
    name = "init",
    description = "Creates the kitchen's topics, or says how those that exist differ.",
    sortOptions = false)
public final class InitCommand implements Callable<Integer> {
  private static final int MAX_PARTITIONS = 10_000;

  @Spec CommandSpec spec;
  @Mixin CommonOptions.Connection connection;

  @Option(
      names = "--partitions",
      defaultValue = "" + TopicSpec.DEFAULT_PARTITIONS,
      description = "Partitions of orders, meals and dead-letters (default: ${DEFAULT-VALUE}).")
  int partitions = TopicSpec.DEFAULT_PARTITIONS;

  @Override
  public Integer call() {
    if (partitions < 1 || partitions > MAX_PARTITIONS) {
      throw CommandFailure.usage("--partitions must be 1 to " + MAX_PARTITIONS);
    }
    try (ClusterConnection cluster = ClusterConnection.open(connection)) {
      List<TopicInit.Outcome> outcomes =
          TopicInit.run(cluster.admin(), cluster.kitchen(), partitions);
      PrintWriter out = spec.commandLine().getOut();
      for (TopicInit.Outcome outcome : outcomes) {
        out.println(connection.json() ? Json.writeText(outcome) : line(outcome));
      }
      boolean different =
          outcomes.stream().anyMatch(outcome -> outcome.state() == TopicInit.State.DIFFERENT);
      return different ? ExitCode.FAILED : ExitCode.DONE;
    }
  }

  private static String line(TopicInit.Outcome outcome) {
    String line = outcome.topic() + ": " + outcome.state().words();
    return outcome.differences().isEmpty()
        ? line
        : line + ": " + String.join(", ", outcome.differences());
  }
}
