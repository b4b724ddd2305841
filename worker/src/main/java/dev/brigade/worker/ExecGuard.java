package dev.brigade.worker;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no command outlives its worker, even if the worker is killed with SIGKILL: a
 * small shell in its own session waits for the end of its stdin, which only the worker holds open,
 * and then kills what the worker had running. It finds that by an unguessable mark in the
 * environment and by the sessions it was told of. One per worker, started with its first command,
 * and again if somebody ends it.
 *
 * <p>Only where {@code /proc} tells a process's environment (Linux). Elsewhere commands end with
 * their worker only when that ends in good order.
 *
 * <p>Thread-safe.
 */
final class ExecGuard implements AutoCloseable {
  /** The environment variable that holds the mark. */
  static final String VARIABLE = "BRIGADE_EXEC";

  private static final Logger LOG = LoggerFactory.getLogger(ExecGuard.class);
  private static final long END_SECONDS = 5;

  /** util-linux's or busybox's; what runs in its own session does not see the terminal's Ctrl-C. */
  private static final List<String> OWN_SESSION =
      isOnPath("setsid") ? List.of("setsid") : List.of();

  private final String token;
  private final Set<Long> running = new LinkedHashSet<>();
  private long marks;
  private @Nullable Process guard;
  private boolean closed;

  ExecGuard() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
  }

  /** What to run to have {@code command} in its own session, where this machine can do that. */
  static List<String> inOwnSession(String... command) {
    List<String> line = new ArrayList<>(OWN_SESSION);
    line.addAll(List.of(command));
    return line;
  }

  /**
   * The value of {@link #VARIABLE} for the next command: no other process has it. The guard runs
   * when this returns.
   *
   * @throws IOException if the guard cannot be started
   */
  synchronized String nextMark() throws IOException {
    if (closed) {
      throw new IllegalStateException("the worker is closing: no command starts any more");
    }
    if (ProcessTree.readsEnvironments() && (guard == null || !guard.isAlive())) {
      start();
    }
    return token + "." + ++marks;
  }

  /**
   * Once this has returned, the guard ends the process's session with the worker.
   *
   * @param pid a command's first process
   * @throws IOException if the guard is gone and cannot be replaced
   */
  synchronized void started(long pid) throws IOException {
    running.add(pid);
    if (guard != null && !tell(guard, "+ " + pid)) {
      start();
    }
  }

  /** Kills what the command has left in its process group; returns before that has ended. */
  synchronized void ended(long pid) {
    running.remove(pid);
    if (guard != null && !tell(guard, "- " + pid)) {
      LOG.debug("the guard of this worker's commands is gone; the next command starts another");
    }
  }

  private void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(inOwnSession("sh", "-c", script(), "brigade-exec-guard"))
            .directory(new File("/"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    // A worker may itself run as a command: its guard must outlive it then as well.
    builder.environment().remove(VARIABLE);
    Process started = builder.start();
    guard = started;
    StringBuilder lines = new StringBuilder(VARIABLE + "=" + token + ".");
    running.forEach(pid -> lines.append("\n+ ").append(pid));
    if (!tell(started, lines.toString())) {
      throw new IOException("the guard of this worker's commands ended at once");
    }
  }

  private static String script() throws IOException {
    try (InputStream script = ExecGuard.class.getResourceAsStream("exec-guard.sh")) {
      if (script == null) {
        throw new IOException("exec-guard.sh is missing from this program's jar");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static boolean tell(Process guard, String line) {
    try {
      OutputStream stdin = guard.getOutputStream();
      stdin.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      stdin.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Kills what commands may have left behind, and ends the guard. */
  @Override
  public synchronized void close() {
    closed = true;
    if (guard == null) {
      return;
    }
    try {
      guard.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("the guard of this worker's commands was gone before the worker", e);
    }
    try {
      if (!guard.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("process {} still ends what this worker's commands left behind", guard.pid());
      }
    } catch (InterruptedException e) {
      // The guard ends on its own: its stdin is closed.
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isOnPath(String program) {
    @Nullable String path = System.getenv("PATH");
    return path != null
        && Arrays.stream(path.split(File.pathSeparator))
            .anyMatch(directory -> new File(directory, program).canExecute());
  }
}
