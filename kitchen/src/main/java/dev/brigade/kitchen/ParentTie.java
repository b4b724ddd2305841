package dev.brigade.kitchen;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Ends a child command with its parent, also when that was killed: a child's standard input is a
 * pipe that its parent holds open and never writes to. An orphan halts at once, as in a crash,
 * which every command is made to survive, and deletes its parent's {@link RunDirectory} before.
 */
public final class ParentTie {
  /** Set on children only: the run directory of the parent. */
  private static final String PROPERTY = "brigade.child.of";

  private ParentTie() {}

  /** The JVM flag that makes a process a child. */
  public static String flag(RunDirectory directory) {
    return "-D" + PROPERTY + "=" + directory.path();
  }

  /** Called first by every main that may be a child; does nothing in a process that is none. */
  public static void holdIfChild() {
    @Nullable String directory = System.getProperty(PROPERTY);
    if (directory == null) {
      return;
    }
    Thread thread = new Thread(() -> outlive(Path.of(directory)), "parent-tie");
    thread.setDaemon(true);
    thread.start();
  }

  private static void outlive(Path directory) {
    awaitParentsEnd();
    RunDirectory.delete(directory);
    Runtime.getRuntime().halt(1);
  }

  private static void awaitParentsEnd() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes; whatever came would mean nothing.
      }
    } catch (IOException e) {
      // The pipe is broken: the same as its end.
    }
  }
}
