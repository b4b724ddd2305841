package dev.brigade.producer;

import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * One line on stderr that is rewritten five times a second while somebody watches, with room above
 * it for notes. Without a terminal there are only the notes; when quiet there is nothing. Notes are
 * thread-safe.
 */
final class ProgressLine implements Notes, AutoCloseable {
  private static final long PERIOD_MILLIS = 200;

  private final PrintWriter err;
  private final boolean drawn;
  private final boolean noted;
  private final Thread thread = new Thread(this::run, "progress");
  private Supplier<String> text = () -> "";
  private int width;

  /**
   * @param drawn whether the line itself is shown
   * @param noted whether notes are
   */
  ProgressLine(PrintWriter err, boolean drawn, boolean noted) {
    this.err = err;
    this.drawn = drawn;
    this.noted = noted;
  }

  /** Begins to draw what the supplier says; it is asked on this line's own thread. */
  void start(Supplier<String> line) {
    text = line;
    if (drawn) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public synchronized void say(String line) {
    if (noted) {
      erase();
      err.println(line);
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        draw();
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private synchronized void draw() {
    String line = text.get();
    int blanks = Math.max(0, width - line.length());
    err.print('\r' + line + " ".repeat(blanks));
    err.flush();
    width = line.length();
  }

  private void erase() {
    if (width > 0) {
      err.print('\r' + " ".repeat(width) + '\r');
      err.flush();
      width = 0;
    }
  }

  /** Leaves the terminal's line empty. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      erase();
    }
  }
}
