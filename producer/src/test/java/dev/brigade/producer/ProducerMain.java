package dev.brigade.producer;

import dev.brigade.orders.Commands;
import picocli.CommandLine;

/** {@code producer} as a process of its own, for tests that signal it. */
final class ProducerMain {
  private ProducerMain() {}

  public static void main(String... args) {
    System.exit(Commands.run(new CommandLine(new ProducerCommand()), args));
  }
}
