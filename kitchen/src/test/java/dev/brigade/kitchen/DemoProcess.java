package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A demo in a process group of its own, as a terminal has it: what it writes in temporary
 * directories is below the given one, and every process it has started is known at the end.
 */
final class DemoProcess implements AutoCloseable {
  private static final Duration LEFTOVERS_LIMIT = Duration.ofSeconds(20);

  private final Process process;
  private final Path temporary;
  private final Path output;
  private final Path log;
  private final Set<ProcessHandle> descendants = new HashSet<>();

  private DemoProcess(Process process, Path temporary, Path output, Path log) {
    this.process = process;
    this.temporary = temporary;
    this.output = output;
    this.log = log;
  }

  static DemoProcess start(Path directory, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("demo"));
    arguments.addAll(List.of(options));
    return start(directory, arguments);
  }

  /**
   * @param arguments a command that ends its processes as the demo does, and its options
   */
  static DemoProcess start(Path directory, List<String> arguments) throws IOException {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Path output = directory.resolve("out");
    Path log = directory.resolve("err");
    List<String> command = new ArrayList<>();
    command.add("setsid"); // the process it becomes leads a group of its own
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Brigade.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(log.toFile());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    return new DemoProcess(builder.start(), temporary, output, log);
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  void awaitLog(String words) throws Exception {
    while (!log().contains(words)) {
      assertThat(endedWithin(Duration.ofMillis(20)))
          .as("ended before '%s': %s", words, log())
          .isFalse();
    }
  }

  int awaitEnd() throws InterruptedException {
    while (!endedWithin(Duration.ofMillis(50))) {
      // Once more.
    }
    return process.exitValue();
  }

  private boolean endedWithin(Duration limit) throws InterruptedException {
    process.descendants().forEach(descendants::add);
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What Ctrl-C in a terminal does: SIGINT to the whole group. */
  void interrupt() throws Exception {
    signal("-INT", "-" + process.pid());
  }

  void kill() throws Exception {
    signal("-KILL", Long.toString(process.pid()));
  }

  /** Whether it still finds a process there is for the test to say. */
  private static void signal(String signal, String target) throws Exception {
    new ProcessBuilder("kill", signal, "--", target).start().waitFor();
  }

  /** Orphans may take a moment. */
  void assertNothingLeft() throws Exception {
    long deadline = System.nanoTime() + LEFTOVERS_LIMIT.toNanos();
    for (ProcessHandle descendant : descendants) {
      long left = deadline - System.nanoTime();
      descendant.onExit().get(Math.max(1, left), TimeUnit.NANOSECONDS);
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  /** Also after a failed test: no demo outlives it. */
  @Override
  public void close() {
    descendants.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
