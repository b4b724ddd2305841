package dev.brigade.kitchen;

import java.io.PrintWriter;
import java.util.Locale;

/** What a command says while it runs: lines with the seconds since its start. Thread-safe. */
public final class RunNotes {
  private final PrintWriter err;
  private final boolean quiet;
  private final long startedNanos = System.nanoTime();

  public RunNotes(PrintWriter err, boolean quiet) {
    this.err = err;
    this.quiet = quiet;
  }

  public void say(String pattern, Object... values) {
    if (!quiet) {
      double seconds = (System.nanoTime() - startedNanos) / 1e9;
      err.println(
          String.format(Locale.ROOT, "%6.1f s  ", seconds)
              + String.format(Locale.ROOT, pattern, values));
      err.flush();
    }
  }
}
