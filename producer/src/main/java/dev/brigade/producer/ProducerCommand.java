package dev.brigade.producer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code brigade producer}: orders in. */
@Command(
    name = "producer",
    description = "Pushes orders: made-up ones, or those of a file.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {GenerateCommand.class, LoadCommand.class})
public final class ProducerCommand {
  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;
}
