package dev.brigade.worker;

import dev.brigade.orders.Commands;
import picocli.CommandLine;

/** The worker command as a process of its own. */
final class WorkerMain {
  private WorkerMain() {}

  public static void main(String[] args) {
    System.exit(Commands.run(new CommandLine(new WorkerCommand()), args));
  }
}
