package dev.brigade.orders;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * SIGINT and SIGTERM as a request to stop: the first one runs what the command registered, so that
 * it can finish its work and return; a second one ends the process at once with exit code 1. The
 * JVM's own shutdown hooks cannot do that: they do not see the second signal.
 */
public final class Interrupts {
  private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);
  private static final Interrupts PROCESS = new Interrupts();

  private final Deque<Runnable> stops = new ArrayDeque<>();
  private int exitCode;

  private Interrupts() {}

  /** Takes over both signals for this process; calling it again changes nothing. */
  public static Interrupts install() {
    Signal.handle(new Signal("INT"), signal -> PROCESS.received(ExitCode.INTERRUPTED));
    Signal.handle(new Signal("TERM"), signal -> PROCESS.received(ExitCode.TERMINATED));
    return PROCESS;
  }

  /**
   * @param stop runs once on the first signal, on the signal's thread; must return soon. Runs at
   *     once if the signal was already there.
   */
  public void onStop(Runnable stop) {
    synchronized (this) {
      if (exitCode == 0) {
        stops.push(stop);
        return;
      }
    }
    stop.run();
  }

  public synchronized boolean isStopping() {
    return exitCode != 0;
  }

  /** The signal's exit code if there was one, else the given one. */
  public synchronized int exitCodeOr(int otherwise) {
    return exitCode != 0 ? exitCode : otherwise;
  }

  private void received(int code) {
    synchronized (this) {
      if (exitCode != 0) {
        Runtime.getRuntime().halt(ExitCode.FAILED);
      }
      exitCode = code;
    }
    @Nullable Runnable stop;
    while ((stop = next()) != null) {
      try {
        stop.run();
      } catch (RuntimeException e) {
        // The others must still hear of it, or the process would not end.
        LOG.error("stopping failed", e);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    return stops.poll();
  }
}
