package dev.brigade.cluster;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * Holds a process stopped until closed, or until this JVM ends: a stopped process cannot see its
 * parent die, so a small shell waits for that in its stead and lets it go on to notice.
 */
public final class Freeze implements AutoCloseable {
  private static final String SCRIPT =
      "trap '' INT HUP TERM; kill -STOP \"$1\" && echo stopped && read line; kill -CONT \"$1\"";

  private final Process shell;

  private Freeze(Process shell) {
    this.shell = shell;
  }

  /**
   * @throws ClusterException if the process cannot be stopped
   */
  public static Freeze of(long pid) {
    try {
      Process shell =
          new ProcessBuilder("sh", "-c", SCRIPT, "sh", Long.toString(pid))
              .redirectError(Redirect.DISCARD)
              .start();
      if (shell.inputReader().readLine() == null) {
        throw new ClusterException("process %d could not be stopped".formatted(pid));
      }
      return new Freeze(shell);
    } catch (IOException e) {
      throw new ClusterException(
          "process %d could not be stopped: %s".formatted(pid, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      shell.waitFor();
    } catch (IOException e) {
      throw new ClusterException("a stopped process could not go on: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
