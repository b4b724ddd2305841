package dev.brigade.kitchen;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command of this program in a child process of this JVM. Its standard output and standard error
 * are files in the {@link RunDirectory}; its standard input ties its life to this JVM's, see {@link
 * ParentTie}, and so is not for commands to read.
 *
 * <p>The process ignores SIGINT, which a terminal sends to parent and child alike: the parent ends
 * its children, in the order that keeps their promises. Thread-safe.
 */
public final class CommandProcess implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
  private static final int LAST_WORDS_BYTES = 4_000;

  private final String name;
  private final Process process;
  private final Path output;
  private final Path log;

  private CommandProcess(String name, Process process, Path output, Path log) {
    this.name = name;
    this.process = process;
    this.output = output;
    this.log = log;
  }

  /**
   * @param name for people, and for its files {@code <name>.out} and {@code <name>.log}, which a
   *     second process of the same name continues
   * @param arguments the command and its options: {@code worker --chefs 4 …}
   * @throws CommandFailure if no process can be started
   */
  public static CommandProcess start(RunDirectory directory, String name, List<String> arguments) {
    return start(directory, name, List.of(), ChildJvm.MAIN_CLASS, arguments);
  }

  /**
   * @param jvmFlags over those that every child has
   * @param mainClass calls {@link ParentTie#holdIfChild} first
   */
  static CommandProcess start(
      RunDirectory directory,
      String name,
      List<String> jvmFlags,
      String mainClass,
      List<String> arguments) {
    List<String> flags = new ArrayList<>(jvmFlags);
    flags.add(ParentTie.flag(directory));
    flags.add("-Djava.io.tmpdir=" + directory.temporary());
    Path output = directory.path().resolve(name + ".out");
    Path log = directory.path().resolve(name + ".log");
    try {
      Process process =
          new ProcessBuilder(ChildJvm.command(flags, mainClass, arguments))
              .redirectOutput(Redirect.appendTo(output.toFile()))
              .redirectError(Redirect.appendTo(log.toFile()))
              .start();
      return new CommandProcess(name, process, output, log);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, name + " did not start: " + e.getMessage(), e);
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it writes to standard output. */
  public Path output() {
    return output;
  }

  /** What it writes to standard error. */
  public Path log() {
    return log;
  }

  /** The end of its log, at most that many lines, for whoever has to be told why it ended. */
  public List<String> lastWords(int lines) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(LAST_WORDS_BYTES, file.length())];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      List<String> words =
          new String(tail, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
      return words.subList(Math.max(0, words.size() - lines), words.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Asks it to end, with SIGTERM; returns at once. */
  public void terminate() {
    process.toHandle().destroy(); // unlike Process.destroy() it leaves standard input open
  }

  /** Ends it with SIGKILL, as a crash does; returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Completed when it has ended, with its exit code (128 + the signal's number if killed). */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * @return the exit code, or nothing if it still runs after that time
   */
  public OptionalInt waitFor(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /** Ends it with SIGTERM, and after 10 s with SIGKILL; returns when it is gone. */
  @Override
  public void close() {
    terminate();
    try {
      if (waitFor(CLOSE_LIMIT).isEmpty()) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }
}
