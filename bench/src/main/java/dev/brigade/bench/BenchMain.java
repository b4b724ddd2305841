package dev.brigade.bench;

import dev.brigade.kitchen.LogLevels;
import dev.brigade.orders.Commands;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code brigade bench} starts: a program of its own, for it carries its peers' libraries. */
@Command(name = "brigade", subcommands = BenchCommand.class)
public final class BenchMain {
  BenchMain() {}

  public static void main(String[] args) {
    LogLevels.set(List.of(args));
    System.exit(Commands.run(new CommandLine(new BenchMain()), args));
  }
}
