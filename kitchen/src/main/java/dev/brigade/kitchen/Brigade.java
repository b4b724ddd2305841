package dev.brigade.kitchen;

import dev.brigade.orders.Commands;
import dev.brigade.orders.InitCommand;
import dev.brigade.worker.WorkerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code brigade COMMAND}: hands over to the command's module and exits with what it returns. */
@Command(
    name = "brigade",
    description = "Distributes work over Kafka: orders in, meals out.",
    subcommands = {InitCommand.class, WorkerCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false)
public final class Brigade {
  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  boolean version;

  private Brigade() {}

  public static void main(String[] args) {
    System.exit(Commands.run(new CommandLine(new Brigade()), args));
  }
}
