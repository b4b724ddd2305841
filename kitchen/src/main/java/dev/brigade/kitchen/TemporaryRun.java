package dev.brigade.kitchen;

import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Interrupts;
import java.util.function.Consumer;

/** A command that starts processes of its own and leaves neither them nor data behind. */
public final class TemporaryRun {
  private TemporaryRun() {}

  /** What is run. It has ended its processes when it returns or throws. */
  public interface Body {
    /**
     * @return the exit code
     * @throws Stopped if a signal came first
     */
    int run(RunDirectory directory, Interrupts interrupts) throws InterruptedException;
  }

  /** A signal told the command to stop. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param notes for people; called from any thread
   * @return the exit code: the body's own, or that of the signal that ended it early
   */
  public static int of(String command, Consumer<String> notes, Body body)
      throws InterruptedException {
    Interrupts interrupts = Interrupts.install();
    interrupts.onStop(
        () -> notes.accept("interrupted: ending all processes and deleting their data"));
    try (RunDirectory directory = RunDirectory.create(command)) {
      // Also this JVM may be killed: the native code its libraries unpack is to go then, too.
      System.setProperty("java.io.tmpdir", directory.temporary().toString());
      return body.run(directory, interrupts);
    } catch (RuntimeException e) {
      if (interrupts.isStopping()) { // then whatever broke off did so because of it
        return interrupts.exitCodeOr(ExitCode.INTERRUPTED);
      }
      throw e;
    }
  }

  /**
   * @throws Stopped if a signal has come
   */
  public static void stopIfTold(Interrupts interrupts) {
    if (interrupts.isStopping()) {
      throw new Stopped();
    }
  }
}
