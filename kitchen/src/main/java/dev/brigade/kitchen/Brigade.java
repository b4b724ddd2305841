package dev.brigade.kitchen;

import dev.brigade.orders.Commands;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code brigade COMMAND}: hands over to the command's module and exits with what it returns. */
@Command(
    name = "brigade",
    description = "Distributes work over Kafka: orders in, meals out.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false)
public final class Brigade {
  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  private Brigade() {}

  public static void main(String[] args) {
    ParentTie.holdIfChild();
    LogLevels.set(List.of(args));
    System.exit(run(args));
  }

  /**
   * @return the exit code
   */
  static int run(String... args) {
    return Commands.run(commandLine(List.of(args)), args);
  }

  /** The command line that understands these arguments. */
  static CommandLine commandLine(List<String> args) {
    CommandLine root = new CommandLine(new Brigade());
    Subcommands.addTo(root, args);
    addVersionOption(root);
    root.setColorScheme(Help.defaultColorScheme(coloursIn(args) ? Help.Ansi.ON : Help.Ansi.OFF));
    return root;
  }

  private static void addVersionOption(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.versionProvider(new VersionLines());
    spec.addOption(
        OptionSpec.builder("--version")
            .versionHelp(true)
            .type(boolean.class)
            .description("Show the version.")
            .build());
    command.getSubcommands().values().forEach(Brigade::addVersionOption);
  }

  /** Whether help on stdout may be coloured; picocli's own guess takes a pipe for a terminal. */
  private static boolean coloursIn(List<String> args) {
    Terminal terminal = new CommonOptions().terminal();
    return terminal.stdout() && terminal.colours() && !args.contains("--no-color");
  }
}
