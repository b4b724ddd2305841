package dev.brigade.kitchen.chaos;

import dev.brigade.cluster.Freeze;
import dev.brigade.kitchen.CommandProcess;
import dev.brigade.kitchen.RunDirectory;
import dev.brigade.orders.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a soak but the brokers: workers and the monitor, by name. Knows which of them
 * were told to end, so that one that ends by itself, or otherwise than told, is a finding.
 * Thread-safe; calls for one name come one at a time.
 */
final class Staff implements AutoCloseable {
  private static final int LAST_WORDS = 4;

  private final RunDirectory directory;
  private final Function<String, List<String>> arguments;
  private final SortedMap<String, CommandProcess> running = new TreeMap<>();
  private final Map<String, Long> startedNanos = new TreeMap<>();
  private final Map<String, Freeze> frozen = new TreeMap<>();
  private final Excuse excuse;
  private final List<String> problems = new ArrayList<>();
  private final List<String> restarts = new ArrayList<>();

  /** Whether a process that did not end with the exit code of SIGTERM did right. */
  interface Excuse {
    /**
     * @param name whose process it was
     * @param age since it was started
     * @param told whether it had been told to stop
     */
    boolean accepts(String name, int exitCode, Duration age, boolean told);
  }

  /**
   * @param arguments the command line of whoever has that name
   * @param excuse says which ends of processes by themselves are right
   */
  Staff(RunDirectory directory, Function<String, List<String>> arguments, Excuse excuse) {
    this.directory = directory;
    this.arguments = arguments;
    this.excuse = excuse;
  }

  /** Starts one under a name that nobody has now. */
  synchronized void start(String name) {
    if (running.containsKey(name)) {
      throw new IllegalStateException(name + " runs already");
    }
    running.put(name, CommandProcess.start(directory, name, arguments.apply(name)));
    startedNanos.put(name, System.nanoTime());
  }

  /** Ends it with SIGKILL; returns when it is gone. */
  void kill(String name) {
    CommandProcess process = remove(name);
    process.kill();
    thaw(name);
  }

  /**
   * Ends it with SIGTERM; one that does not end within the limit, or not with the exit code for
   * that, is a problem.
   */
  void terminate(String name, Duration limit) throws InterruptedException {
    thaw(name);
    CommandProcess process = remove(name);
    process.terminate();
    OptionalInt exitCode = process.waitFor(limit);
    if (exitCode.isEmpty()) {
      problem("%s did not end within %d s of SIGTERM".formatted(name, limit.toSeconds()));
      process.kill();
    } else if (exitCode.getAsInt() != ExitCode.TERMINATED
        && !excuse.accepts(name, exitCode.getAsInt(), ageOf(name), true)) {
      problem(ended(process, exitCode.getAsInt()) + ", told to stop");
    }
  }

  /** Stops it with SIGSTOP until {@link #thaw}. */
  synchronized void freeze(String name) {
    frozen.put(name, Freeze.of(process(name).pid()));
  }

  /** Lets it go on; does nothing if it is not frozen. */
  void thaw(String name) {
    @Nullable Freeze freeze;
    synchronized (this) {
      freeze = frozen.remove(name);
    }
    if (freeze != null) {
      freeze.close();
    }
  }

  synchronized boolean runs(String name) {
    CommandProcess process = running.get(name);
    return process != null && process.isAlive() && !frozen.containsKey(name);
  }

  synchronized long pid(String name) {
    return process(name).pid();
  }

  /** The names of those that were started and not ended here. */
  synchronized List<String> names() {
    return List.copyOf(running.keySet());
  }

  /** Of those that run, by process id. */
  synchronized Map<Long, String> pids() {
    Map<Long, String> pids = new TreeMap<>();
    running.forEach((name, process) -> pids.put(process.pid(), name));
    return pids;
  }

  /** Notes those that have ended by themselves, and starts them again. */
  void replaceDead() {
    for (String name : names()) {
      CommandProcess dead = removeIfDead(name);
      if (dead != null) {
        int exitCode = dead.onExit().join();
        note(
            excuse.accepts(name, exitCode, ageOf(name), false) ? restarts : problems,
            ended(dead, exitCode) + ", by itself");
        start(name);
      }
    }
  }

  /** How many lines with these words are in the logs of those that run. */
  long said(List<String> names, String words) {
    return names.stream().mapToLong(name -> said(name, words)).sum();
  }

  private long said(String name, String words) {
    Path log;
    synchronized (this) {
      CommandProcess process = running.get(name);
      if (process == null) {
        return 0;
      }
      log = process.log();
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(words)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who ended by itself or otherwise than told, in words. */
  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  /** Who ended by itself as it should, and was started again, in words. */
  synchronized List<String> restarts() {
    return List.copyOf(restarts);
  }

  private synchronized Duration ageOf(String name) {
    return Duration.ofNanos(System.nanoTime() - startedNanos.getOrDefault(name, 0L));
  }

  /** Something else that must not be. */
  void problem(String words) {
    note(problems, words);
  }

  private synchronized void note(List<String> list, String words) {
    list.add(words);
  }

  private static String ended(CommandProcess process, int exitCode) {
    return "%s ended with exit code %d (%s)"
        .formatted(process.name(), exitCode, String.join("; ", process.lastWords(LAST_WORDS)));
  }

  private synchronized CommandProcess remove(String name) {
    CommandProcess process = process(name);
    running.remove(name);
    return process;
  }

  private synchronized @Nullable CommandProcess removeIfDead(String name) {
    CommandProcess process = running.get(name);
    return process == null || process.isAlive() ? null : running.remove(name);
  }

  private synchronized CommandProcess process(String name) {
    CommandProcess process = running.get(name);
    if (process == null) {
      throw new IllegalStateException(name + " does not run");
    }
    return process;
  }

  /** Ends all of them. */
  @Override
  public void close() {
    List<CommandProcess> left;
    List<Freeze> freezes;
    synchronized (this) {
      left = List.copyOf(running.values());
      running.clear();
      freezes = List.copyOf(frozen.values());
      frozen.clear();
    }
    freezes.forEach(Freeze::close);
    left.forEach(CommandProcess::terminate);
    left.forEach(CommandProcess::close);
  }
}
