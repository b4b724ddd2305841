package dev.brigade.kitchen;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The processes of a demo: nearly all are to run until they are ended here. Not thread-safe. */
final class DemoProcesses implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final int LAST_WORDS = 5;

  private final RunDirectory directory;
  private final Map<String, CommandProcess> running = new LinkedHashMap<>();
  private final List<CommandProcess> ending = new ArrayList<>();

  DemoProcesses(RunDirectory directory) {
    this.directory = directory;
  }

  CommandProcess start(String name, List<String> arguments) {
    CommandProcess process = CommandProcess.start(directory, name, arguments);
    running.put(name, process);
    return process;
  }

  /** Ends one with SIGKILL; its id is what {@code kill} would have been given. */
  long kill(String name) {
    CommandProcess process = running.get(name);
    if (process == null) {
      throw new IllegalArgumentException(name + " does not run");
    }
    running.remove(name);
    process.kill();
    return process.pid();
  }

  /**
   * Asks one to end, with SIGTERM, and waits for it.
   *
   * @throws CommandFailure if it does not end as asked
   */
  void stop(String name) throws InterruptedException {
    CommandProcess process = running.get(name);
    if (process == null) {
      throw new IllegalArgumentException(name + " does not run");
    }
    process.terminate();
    OptionalInt exitCode = process.waitFor(STOP_LIMIT);
    if (exitCode.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED, "%s did not end within %d s".formatted(name, STOP_LIMIT.toSeconds()));
    }
    if (exitCode.getAsInt() != ExitCode.TERMINATED) {
      throw failure(process);
    }
    running.remove(name);
  }

  /** Starts one that ends by itself, how is not looked at here. */
  CommandProcess startEnding(String name, List<String> arguments) {
    CommandProcess process = start(name, arguments);
    running.remove(name);
    ending.add(process);
    return process;
  }

  /**
   * @throws CommandFailure if one has ended by itself, with the end of its log
   */
  void requireAlive() {
    for (CommandProcess process : running.values()) {
      if (!process.isAlive()) {
        throw failure(process);
      }
    }
  }

  /** Why a process ended that should not have. */
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

  /**
   * Asks all to end, with SIGTERM, and waits for them.
   *
   * @return which did not end as asked, in words
   */
  List<String> stop() throws InterruptedException {
    running.values().forEach(CommandProcess::terminate);
    List<String> problems = new ArrayList<>();
    for (CommandProcess process : running.values()) {
      OptionalInt exitCode = process.waitFor(STOP_LIMIT);
      if (exitCode.isEmpty()) {
        problems.add(
            "%s did not end within %d s".formatted(process.name(), STOP_LIMIT.toSeconds()));
        process.kill();
      } else if (exitCode.getAsInt() != ExitCode.TERMINATED) {
        problems.add(String.valueOf(failure(process).getMessage()));
      }
    }
    running.clear();
    return problems;
  }

  @Override
  public void close() {
    List<CommandProcess> all = new ArrayList<>(ending);
    all.addAll(running.values());
    all.forEach(CommandProcess::terminate);
    all.forEach(CommandProcess::close);
  }
}
