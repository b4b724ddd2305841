package dev.brigade.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The child's end of the pipe that ties it to its parent: the child's standard input, which its
 * parent alone holds open. The end of the pipe is the parent's end, also by SIGKILL.
 */
public final class ParentPipe {
  private ParentPipe() {}

  /**
   * Watches standard input from now on, on a daemon thread of its own.
   *
   * @param told called with each line the parent writes
   * @param orphaned called once, after the parent's end
   */
  public static void watch(Consumer<String> told, Runnable orphaned) {
    watch(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        told,
        orphaned);
  }

  /** As {@link #watch(Consumer, Runnable)}, for who has read from standard input already. */
  static void watch(BufferedReader parent, Consumer<String> told, Runnable orphaned) {
    Thread thread =
        new Thread(
            () -> {
              for (String line = next(parent); line != null; line = next(parent)) {
                told.accept(line);
              }
              orphaned.run();
            },
            "parent-pipe");
    thread.setDaemon(true);
    thread.start();
  }

  private static @Nullable String next(BufferedReader parent) {
    try {
      return parent.readLine();
    } catch (IOException e) {
      return null; // The pipe is broken: the same as its end.
    }
  }
}
