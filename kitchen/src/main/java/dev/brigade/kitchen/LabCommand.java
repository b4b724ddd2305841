package dev.brigade.kitchen;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brigade lab NAME}; without a name it lists the labs. */
@Command(
    name = "lab",
    description = "Measures a claim of the textbooks on real processes, on this machine.",
    synopsisSubcommandLabel = "[NAME]",
    subcommands = {HorizontalScalingLab.class, FaultToleranceLab.class})
final class LabCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  @Override
  public Integer call() {
    for (CommandLine lab : spec.subcommands().values()) {
      spec.commandLine()
          .getOut()
          .printf(
              "%-18s   %s%n",
              lab.getCommandName(), lab.getCommandSpec().usageMessage().description()[0]);
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
