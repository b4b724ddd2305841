package dev.brigade.monitor;

import dev.brigade.orders.Commands;
import picocli.CommandLine;

/** The command in a process of its own, which a test can kill. */
public final class MonitorMain {
  private MonitorMain() {}

  public static void main(String[] args) {
    System.exit(Commands.run(new CommandLine(new MonitorCommand()), args));
  }
}
