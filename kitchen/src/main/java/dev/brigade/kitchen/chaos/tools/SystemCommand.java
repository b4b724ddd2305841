package dev.brigade.kitchen.chaos.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Commands of the operating system that print little and end soon. */
public final class SystemCommand {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private SystemCommand() {}

  /**
   * Runs it to its end.
   *
   * @return what it printed
   * @throws IOException with a line that says why, if it is not there, fails or takes longer than
   *     20 s
   */
  public static String run(String... command) throws IOException, InterruptedException {
    return run(new ProcessBuilder(command));
  }

  /** As {@link #run(String...)}, in that environment. */
  public static String run(ProcessBuilder builder) throws IOException, InterruptedException {
    String name = builder.command().get(0);
    Process process = builder.redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("%s did not end".formatted(name));
      }
      String output = output(process);
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s: %s"
                .formatted(
                    name, output.isBlank() ? "exit code " + process.exitValue() : oneLine(output)));
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  /** What it prints until its end. */
  static String output(Process process) throws IOException {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      return reader.lines().collect(Collectors.joining("\n"));
    }
  }

  static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
