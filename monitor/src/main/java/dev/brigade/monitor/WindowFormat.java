package dev.brigade.monitor;

import dev.brigade.orders.LatencyWindow;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A window as one line of a table for people; the columns of a header and its rows are aligned. */
final class WindowFormat {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String COLUMNS = "%-16s %4s %9s %9s %6s %8s %8s %8s %8s %8s %8s %8s";
  private static final int DISH_CHARS = 16;

  private WindowFormat() {}

  static String header() {
    return line(
        "dish",
        "over",
        "cooked/s",
        "cooked",
        "dead",
        "p50",
        "p90",
        "p99",
        "max",
        "open",
        "oldest",
        "overdue");
  }

  static String row(LatencyWindow window) {
    LatencyWindow.LatencyStats completion = window.completion();
    boolean cooked = window.count() > 0;
    return line(
        dish(window.dish()),
        window.windowSeconds() + "s",
        String.format(Locale.ROOT, "%,.1f", window.throughputPerSecond()),
        count(window.count()),
        count(window.dead()),
        cooked ? duration(completion.p50Ms()) : "-",
        cooked ? duration(completion.p90Ms()) : "-",
        cooked ? duration(completion.p99Ms()) : "-",
        cooked ? duration(completion.maxMs()) : "-",
        count(window.open()),
        window.open() > 0 ? duration(window.oldestOpenMs()) : "-",
        count(window.overdue()));
  }

  /** With the time at which the window starts, in UTC. */
  static String timedHeader() {
    return String.format(Locale.ROOT, "%-8s   %s", "from", header());
  }

  static String timedRow(LatencyWindow window) {
    return TIME.format(window.windowStart()) + (window.isFinal() ? "   " : " ~ ") + row(window);
  }

  /** Three digits and the unit: 850us, 12.3ms, 1.25s, 2m05s, 3h10m. */
  static String duration(double millis) {
    if (millis < 1) {
      return String.format(Locale.ROOT, "%.0fus", millis * 1000);
    }
    if (millis < 1000) {
      return String.format(Locale.ROOT, millis < 100 ? "%.1fms" : "%.0fms", millis);
    }
    long seconds = Math.round(millis / 1000);
    if (seconds < 60) {
      return String.format(Locale.ROOT, millis < 9_995 ? "%.2fs" : "%.1fs", millis / 1000);
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds % 3600 / 60);
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String dish(String dish) {
    String shown = dish.equals(LatencyWindow.ALL_DISHES) ? "all dishes" : dish;
    return shown.length() <= DISH_CHARS ? shown : shown.substring(0, DISH_CHARS - 1) + "…";
  }

  private static String line(String... cells) {
    return String.format(Locale.ROOT, COLUMNS, (Object[]) cells);
  }
}
