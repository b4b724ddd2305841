package dev.brigade.kitchen;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The processes of a demo: workers and the monitor, which are to run until they are ended here, and
 * the producer, which ends by itself. Not thread-safe.
 */
final class DemoProcesses implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
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
    lasting(name).kill();
    lasting.remove(name);
  }

  /**
   * Asks one to end, with SIGTERM, and waits for it.
   *
   * @throws CommandFailure if it does not end as asked
   */
  void stop(String name) throws InterruptedException {
    CommandProcess process = lasting(name);
    process.terminate();
    OptionalInt exitCode = process.waitFor(STOP_LIMIT);
    if (exitCode.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED, "%s did not end within %d s".formatted(name, STOP_LIMIT.toSeconds()));
    }
    if (exitCode.getAsInt() != ExitCode.TERMINATED) {
      throw failure(process);
    }
    lasting.remove(name);
  }

  private CommandProcess lasting(String name) {
    CommandProcess process = lasting.get(name);
    if (process == null) {
      throw new IllegalArgumentException(name + " does not run");
    }
    return process;
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

  /** Ends those with SIGKILL that were asked to end and have not. */
  void killRest() {
    stopping.stream().filter(CommandProcess::isAlive).forEach(CommandProcess::kill);
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
