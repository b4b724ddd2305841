package dev.brigade.kitchen.chaos.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of this machine that is undone when closed, and at the end of this JVM, also by SIGKILL:
 * a small shell makes it and waits for that.
 */
final class SystemChange implements AutoCloseable {
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      { %s; } >/dev/null || exit 1
      echo made
      read line
      { %s; } >/dev/null
      """;

  private static final String MADE = "made";

  private final Process shell;
  private final BufferedReader output;

  private SystemChange(Process shell) {
    this.shell = shell;
    this.output = shell.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * @param make shell commands, with the arguments as {@code $1}, {@code $2} and so on
   * @param undo as well
   * @throws IOException with a line that says why it cannot be made; what was made of it is undone
   */
  static SystemChange make(String make, String undo, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT.formatted(make, undo), "sh"));
    command.addAll(List.of(arguments));
    SystemChange change =
        new SystemChange(new ProcessBuilder(command).redirectErrorStream(true).start());
    String answer = change.output.readLine();
    if (!MADE.equals(answer)) {
      throw new IOException(answer == null ? "not made, and no reason was given" : answer);
    }
    return change;
  }

  /**
   * Undoes it; closing again does nothing.
   *
   * @throws IOException with a line that says why it cannot be undone
   */
  @Override
  public void close() throws IOException {
    shell.getOutputStream().close();
    try {
      if (shell.waitFor() != 0) {
        String answer = output.readLine();
        throw new IOException(answer == null ? "not undone, and no reason was given" : answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
