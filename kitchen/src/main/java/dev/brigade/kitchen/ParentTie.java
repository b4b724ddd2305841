package dev.brigade.kitchen;

import dev.brigade.cluster.ParentPipe;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * Ends a child command with its parent, also when that was killed, see {@link ParentPipe}. A flag
 * of the child's JVM says how.
 */
public final class ParentTie {
  /** The run directory of the parent. */
  private static final String PROPERTY = "brigade.child.of";

  /** Whether the parent is a supervisor. */
  private static final String SUPERVISED = "brigade.supervised";

  private ParentTie() {}

  /**
   * The flag of a child that, without its parent, deletes the parent's directory and halts at once,
   * as in a crash, which every command is made to survive.
   */
  public static String flag(RunDirectory directory) {
    return "-D" + PROPERTY + "=" + directory.path();
  }

  /**
   * The flag of a child to which its parent's end is a SIGTERM: it finishes what it is at. If that
   * is the second one, it stops at once, as after any second signal.
   */
  static String supervisedFlag() {
    return "-D" + SUPERVISED + "=true";
  }

  /** Called first by every main that may be a child; does nothing in a process that is none. */
  public static void holdIfChild() {
    @Nullable String directory = System.getProperty(PROPERTY);
    if (directory != null) {
      watch(() -> outlive(Path.of(directory)));
    } else if (Boolean.getBoolean(SUPERVISED)) {
      watch(() -> Signal.raise(new Signal("TERM")));
    }
  }

  private static void watch(Runnable orphaned) {
    ParentPipe.watch(word -> {}, orphaned);
  }

  private static void outlive(Path directory) {
    RunDirectory.delete(directory);
    Runtime.getRuntime().halt(1);
  }
}
