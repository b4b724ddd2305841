package dev.brigade.bench.contender;

import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Interrupts;
import java.io.IOException;
import java.util.function.Function;

/**
 * The process around a contender's work. It stops cleanly on SIGTERM, and halts as in a crash when
 * its standard input ends, for then the harness is dead, or when the work cannot go on.
 */
final class ContenderProcess {
  private ContenderProcess() {}

  static void run(Function<Task, Work> wiring) {
    Interrupts interrupts = Interrupts.install();
    tieToHarness();
    try {
      Work work = wiring.apply(Task.fromEnvironment());
      interrupts.onStop(work::stop);
      work.run();
    } catch (Exception e) {
      fail(e);
    }
    System.exit(interrupts.exitCodeOr(ExitCode.DONE));
  }

  /** Ends the process at once: nothing more is committed, so nothing is lost. */
  static void fail(Throwable cause) {
    if (cause instanceof IllegalArgumentException) {
      System.err.println(cause.getMessage());
    } else {
      cause.printStackTrace();
    }
    Runtime.getRuntime().halt(ExitCode.FAILED);
  }

  private static void tieToHarness() {
    Thread thread = new Thread(ContenderProcess::outliveNobody, "harness-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void outliveNobody() {
    try {
      while (System.in.read() >= 0) {
        // The harness says nothing; it only is there.
      }
    } catch (IOException e) {
      // Broken, which is an end as well.
    }
    Runtime.getRuntime().halt(ExitCode.FAILED);
  }
}
