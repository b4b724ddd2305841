package dev.brigade.kitchen;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * For a terminal: what happened scrolls by, and below it the kitchen as it stands is redrawn in
 * place. A line that is too long for the terminal is cut by it, so that the number of lines drawn
 * is always known.
 */
final class LiveDisplay implements DemoDisplay {
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_BELOW = "\r\u001b[J";
  private static final String WRAP_OFF = "\u001b[?7l";
  private static final String WRAP_ON = "\u001b[?7h";

  private final PrintWriter err;
  private final DemoScreen screen;
  private final long startedNanos;
  private long drawnNanos = System.nanoTime() - INTERVAL_NANOS;
  private List<String> frame = List.of();

  LiveDisplay(PrintWriter err, DemoScreen screen, long startedNanos) {
    this.err = err;
    this.screen = screen;
    this.startedNanos = startedNanos;
  }

  @Override
  public synchronized void say(String line) {
    String stamp = LineDisplay.stamp(System.nanoTime() - startedNanos);
    draw(screen.event(stamp, line) + "\n", frame);
  }

  @Override
  public synchronized void show(KitchenView view) {
    long now = System.nanoTime();
    if (now - drawnNanos >= INTERVAL_NANOS) {
      drawnNanos = now;
      draw("", screen.lines(view, System.currentTimeMillis()));
    }
  }

  /** In one piece, so that no half of it is seen. */
  private void draw(String above, List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (!frame.isEmpty()) {
      text.append(String.format(Locale.ROOT, UP, frame.size()));
    }
    text.append(CLEAR_BELOW).append(above).append(WRAP_OFF);
    lines.forEach(line -> text.append(line).append('\n'));
    err.print(text.append(WRAP_ON));
    err.flush();
    frame = lines;
  }
}
