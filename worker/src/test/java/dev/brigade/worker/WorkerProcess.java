package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A worker in a JVM of its own, so that it can be signalled. Killed when the test ends. */
final class WorkerProcess implements AutoCloseable {
  private static final int MEMBER_MAX_IN_FLIGHT = 300;

  /** What a member may have read and not ended: one poll can go beyond the most in flight. */
  static final int MEMBER_MOST_READ = 2 * MEMBER_MAX_IN_FLIGHT;

  private static final long PATIENCE_SECONDS = 40;
  private static final Pattern METRICS =
      Pattern.compile("metrics at (http://127\\.0\\.0\\.1:\\d+)/metrics");

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static WorkerProcess start(Path directory, TestKitchen kitchen, String... arguments) {
    return start(directory, kitchen, List.of(), arguments);
  }

  /**
   * The arguments of one worker of a group that takes 4 ms for an order: long enough to be met in
   * the middle of its work.
   */
  static String[] memberArguments(GroupProtocol protocol, String id, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(
        List.of(
            "--recipe",
            "*=simulate:4ms",
            "--chefs",
            "8",
            "--max-in-flight",
            Integer.toString(MEMBER_MAX_IN_FLIGHT),
            "--worker-id",
            id,
            "--group-protocol",
            protocol.name().toLowerCase(Locale.ROOT)));
    return arguments.toArray(new String[0]);
  }

  static WorkerProcess start(
      Path directory, TestKitchen kitchen, List<String> jvmFlags, String... arguments) {
    try {
      Path log = Files.createTempFile(directory, "worker", ".log");
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path")));
      command.addAll(jvmFlags);
      command.addAll(
          List.of(
              WorkerMain.class.getName(),
              "--bootstrap-server",
              String.valueOf(kitchen.clientConfig().get("bootstrap.servers")),
              "--kitchen",
              kitchen.kitchen.name()));
      command.addAll(List.of(arguments));
      return new WorkerProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start(),
          log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new AssertionError("kill -" + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets it drain and waits for its end in good order. */
  void stop() {
    signal("TERM");
    assertThat(awaitExit()).as(this::log).isEqualTo(128 + 15);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until the log holds this text; fails if the worker ends without it. */
  void awaitLog(String text) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .until(() -> log().contains(text), found -> found || !isAlive());
    assertThat(log()).as("the worker's log").contains(text);
  }

  /** Where its metrics are, of a worker that was started with {@code --metrics-port}. */
  String metricsServer() {
    awaitLog("metrics at ");
    Matcher url = METRICS.matcher(log());
    assertThat(url.find()).as(log()).isTrue();
    return url.group(1);
  }

  /** Waits for its end, however long it lives. */
  void awaitDeath() {
    process.onExit().join();
  }

  int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the worker still runs; its log:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
  }
}
