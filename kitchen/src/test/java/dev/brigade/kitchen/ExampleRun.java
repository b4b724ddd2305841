package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The script of one of the {@code examples} with the distribution of this build in place of the
 * launcher's, which would build another. Every process it has started is known at the end.
 */
final class ExampleRun implements AutoCloseable {
  static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

  private static final Path LIB = Path.of("target/dist/lib").toAbsolutePath();
  private static final Duration LEFTOVERS_LIMIT = Duration.ofSeconds(20);

  private final Process process;
  private final Path directory;
  private final Set<ProcessHandle> descendants = new HashSet<>();

  private ExampleRun(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /**
   * @param directory an empty one for the run
   * @param example the directory of the script
   * @param environment more of it
   */
  static ExampleRun start(
      Path directory, String example, Map<String, String> environment, String... arguments)
      throws IOException {
    Files.createDirectory(directory.resolve("tmp"));
    Path script = EXAMPLES.resolve(example).resolve("run.sh");
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    Path temporary = directory.resolve("tmp");
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    builder.environment().put("BRIGADE", brigade(directory).toString());
    builder.environment().put("BRIGADE_LIB", LIB.toString());
    builder.environment().putAll(environment);
    return new ExampleRun(builder.start(), directory);
  }

  private static Path brigade(Path directory) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String script =
        """
        #!/bin/sh
        exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData ${BRIGADE_JAVA_OPTS:-} -cp '%s/*' %s "$@"
        """
            .formatted(java, LIB, Brigade.class.getName());
    Path brigade = Files.writeString(directory.resolve("brigade"), script);
    return Files.setPosixFilePermissions(brigade, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  String output() throws IOException {
    return Files.readString(directory.resolve("out"));
  }

  String log() throws IOException {
    return output() + Files.readString(directory.resolve("err"));
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

  /** SIGTERM to the script alone, as a supervisor of it would. */
  void terminate() {
    process.toHandle().destroy();
  }

  void assertNothingLeft() throws Exception {
    long deadline = System.nanoTime() + LEFTOVERS_LIMIT.toNanos();
    for (ProcessHandle descendant : descendants) {
      long left = deadline - System.nanoTime();
      descendant.onExit().get(Math.max(1, left), TimeUnit.NANOSECONDS);
    }
    try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  /** Also after a failed test: nothing of it outlives it. */
  @Override
  public void close() {
    descendants.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
