package dev.brigade.monitor;

import dev.brigade.orders.LatencyWindow;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The current windows of all dishes and of each, redrawn in place once a second. A window that has
 * only just begun says little, so the one before it stays for its first seconds. Confined to the
 * command's thread.
 */
final class LatencyTable implements LatencyView {
  private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final int MOST_DISHES = 12;
  private static final long REDRAW_MS = 1000;
  private static final int YOUNG_FRACTION = 5;

  private final PrintWriter out;
  private final boolean colours;
  private final LongSupplier clock;
  private final Supplier<String> footer;
  private final Map<String, Row> rows = new TreeMap<>();
  private long drawnAt = Long.MIN_VALUE;
  private int linesDrawn;

  /** The two latest windows of one dish and length. */
  private static final class Row {
    @Nullable LatencyWindow latest;
    @Nullable LatencyWindow before;
  }

  /**
   * @param clock epoch milliseconds
   * @param footer a line below the table, empty for none
   */
  LatencyTable(PrintWriter out, boolean colours, LongSupplier clock, Supplier<String> footer) {
    this.out = out;
    this.colours = colours;
    this.clock = clock;
    this.footer = footer;
  }

  @Override
  public void show(LatencyWindow window) {
    Row row = rows.computeIfAbsent(rowKey(window), key -> new Row());
    LatencyWindow latest = row.latest;
    if (latest == null || !window.windowStart().isBefore(latest.windowStart())) {
      if (latest != null && window.windowStart().isAfter(latest.windowStart())) {
        row.before = latest;
      }
      row.latest = window;
    } else if (row.before != null && window.key().equals(row.before.key())) {
      row.before = window;
    }
  }

  private static String rowKey(LatencyWindow window) {
    return window.dish() + "|" + window.windowSeconds();
  }

  @Override
  public void tick() {
    long now = clock.getAsLong();
    if (drawnAt != Long.MIN_VALUE && now - drawnAt < REDRAW_MS) {
      return;
    }
    drawnAt = now;
    rows.values().removeIf(row -> row.latest != null && isPast(row.latest, now));
    List<String> lines = lines(now);
    if (linesDrawn > 0) {
      out.printf(UP_AND_CLEAR, linesDrawn);
    }
    lines.forEach(out::println);
    out.flush();
    linesDrawn = lines.size();
  }

  /** Nothing happened with this dish for the length of two windows. */
  private static boolean isPast(LatencyWindow window, long now) {
    return now - window.windowEnd().toEpochMilli() > 2000L * window.windowSeconds();
  }

  List<String> lines(long now) {
    List<String> lines = new ArrayList<>();
    lines.add(colours ? BOLD + WindowFormat.header() + PLAIN : WindowFormat.header());
    if (rows.isEmpty()) {
      lines.add("waiting for the first orders");
    }
    int left = 0;
    int drawn = 0;
    for (Row row : rows.values()) {
      LatencyWindow window = chosen(row, now);
      if (window != null && drawn++ < (MOST_DISHES + 1) * WindowTimes.SECONDS.size()) {
        lines.add(WindowFormat.row(window));
      } else {
        left++;
      }
    }
    if (left > 0) {
      lines.add("… and " + left / WindowTimes.SECONDS.size() + " more dishes (see --json)");
    }
    String below = footer.get();
    if (!below.isEmpty()) {
      lines.add(below);
    }
    return lines;
  }

  private static @Nullable LatencyWindow chosen(Row row, long now) {
    LatencyWindow latest = row.latest;
    if (latest == null || row.before == null) {
      return latest;
    }
    long age = now - latest.windowStart().toEpochMilli();
    boolean young = age < latest.windowSeconds() * 1000L / YOUNG_FRACTION;
    return young ? row.before : latest;
  }
}
