package dev.brigade.kitchen;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The processes of a demo: workers and the monitor, which are to run until they are ended here, and
 * the producer, which ends by itself. Not thread-safe.
 */
final class DemoProcesses implements AutoCloseable {
  private static final int LAST_WORDS = 5;

  private final RunDirectory directory;
  private final Map<String, CommandProcess> lasting = new LinkedHashMap<>();
  private final List<CommandProcess> stopping = new ArrayList<>();
  private final List<CommandProcess> others = new ArrayList<>();

  DemoProcesses(RunDirectory directory) {
    this.directory = directory;
  }

  /** Starts one that is to run until it is ended here. */
  void start(String name, List<String> arguments) {
    lasting.put(name, CommandProcess.start(directory, name, arguments));
  }

  /** Starts one that ends by itself. */
  CommandProcess startEnding(String name, List<String> arguments) {
    CommandProcess process = CommandProcess.start(directory, name, arguments);
    others.add(process);
    return process;
  }

  /** Ends one with SIGKILL; returns when it is gone. */
  void kill(String name) {
    CommandProcess process = lasting.remove(name);
    if (process == null) {
      throw new IllegalArgumentException(name + " does not run");
    }
    process.kill();
  }

  /**
   * @throws CommandFailure if one has ended that should run, with the end of its log
   */
  void requireAlive() {
    for (CommandProcess process : lasting.values()) {
      if (!process.isAlive()) {
        throw failure(process);
      }
    }
  }

  /** Why a process ended that should not have, or not so. */
  static CommandFailure failure(CommandProcess process) {
    List<String> words = process.lastWords(LAST_WORDS);
    return new CommandFailure(
        ExitCode.FAILED,
        "%s ended with exit code %d: %s"
            .formatted(
                process.name(),
                process.onExit().join(),
                words.isEmpty() ? "it said nothing" : String.join("; ", words)));
  }

  /** Asks all to end, with SIGTERM; returns at once. */
  void terminate() {
    lasting.values().forEach(CommandProcess::terminate);
    stopping.addAll(lasting.values());
    lasting.clear();
  }

  /** Whether all that were asked to end have ended. */
  boolean haveEnded() {
    return stopping.stream().noneMatch(CommandProcess::isAlive);
  }

  /** Which of those that were asked to end did not do so in good order, in words. */
  List<String> problems() {
    return stopping.stream()
        .filter(process -> process.onExit().join() != ExitCode.TERMINATED)
        .map(process -> String.valueOf(failure(process).getMessage()))
        .toList();
  }

  @Override
  public void close() {
    terminate();
    others.forEach(CommandProcess::terminate);
    others.forEach(CommandProcess::close);
    stopping.forEach(CommandProcess::close);
  }
}
