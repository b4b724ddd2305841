package dev.brigade.kitchen;

import dev.brigade.cluster.ClusterCommand;
import dev.brigade.monitor.MonitorCommand;
import dev.brigade.orders.Commands;
import dev.brigade.orders.InitCommand;
import dev.brigade.producer.ProducerCommand;
import dev.brigade.worker.WorkerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code brigade COMMAND}: hands over to the command's module and exits with what it returns. */
@Command(
    name = "brigade",
    description = "Distributes work over Kafka: orders in, meals out.",
    subcommands = {
      DemoCommand.class,
      ClusterCommand.class,
      InitCommand.class,
      ProducerCommand.class,
      WorkerCommand.class,
      MonitorCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false)
public final class Brigade {
  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  boolean version;

  private Brigade() {}

  public static void main(String[] args) {
    ParentTie.holdIfChild();
    System.exit(Commands.run(new CommandLine(new Brigade()), args));
  }
}
