package dev.brigade.kitchen.chaos.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Tries what is done to processes, on children of its own. */
final class ProcessProbes {
  private static final int LOOKS = 200;
  private static final long PAUSE_MILLIS = 10;

  private ProcessProbes() {}

  static String signals() throws IOException, InterruptedException {
    Process child = new ProcessBuilder("sleep", "60").start();
    try {
      signal("STOP", child.pid());
      awaitState(child.pid(), "T");
      signal("CONT", child.pid());
      awaitState(child.pid(), "S");
      signal("KILL", child.pid());
      if (!child.waitFor(2, TimeUnit.SECONDS)) {
        throw new IOException("a killed child went on");
      }
      return "a child was stopped, went on and was killed";
    } finally {
      child.destroyForcibly();
    }
  }

  static String processGroups() throws IOException, InterruptedException {
    Process leader =
        new ProcessBuilder("setsid", "sh", "-c", "sleep 60 >/dev/null & echo $!; wait").start();
    try (BufferedReader output = leader.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      if (line == null) {
        throw new IOException("a shell in a session of its own did not start");
      }
      signal("KILL", -leader.pid());
      awaitState(Long.parseLong(line), "");
      return "a process group was killed";
    } finally {
      leader.destroyForcibly();
    }
  }

  private static void signal(String name, long target) throws IOException, InterruptedException {
    SystemCommand.run("sh", "-c", "kill -s %s -- %d".formatted(name, target));
  }

  /**
   * @param state as {@code ps} has it; empty: gone, or dead and not yet noticed by its parent
   */
  private static void awaitState(long pid, String state) throws IOException, InterruptedException {
    String seen = "";
    for (int i = 0; i < LOOKS; i++) {
      seen = SystemCommand.run("sh", "-c", "ps -o stat= -p " + pid + " || true").strip();
      if (state.isEmpty() ? seen.isEmpty() || seen.startsWith("Z") : seen.startsWith(state)) {
        return;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new IOException("a child's state is '%s', not '%s'".formatted(seen, state));
  }
}
