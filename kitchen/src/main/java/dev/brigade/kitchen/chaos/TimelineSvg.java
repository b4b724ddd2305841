package dev.brigade.kitchen.chaos;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The picture of a soak: ends per second and the backlog over time, and beneath them a bar for each
 * fault, from its injection to its healing, with the time until work went on.
 */
final class TimelineSvg {
  private static final int LEFT = 60;
  private static final int WIDTH = 1_100;
  private static final int CHART = 180;
  private static final int TOP = 30;
  private static final int ROW = 20;
  private static final int LABELS = 330;
  private static final int GRID = 4;

  private final Verdict verdict;
  private final StringBuilder svg = new StringBuilder();
  private final double perSecondWidth;

  private TimelineSvg(Verdict verdict) {
    this.verdict = verdict;
    this.perSecondWidth = (double) (WIDTH - LEFT) / Math.max(1, verdict.seconds().size());
  }

  static String of(Verdict verdict) {
    return new TimelineSvg(verdict).draw();
  }

  private String draw() {
    int faultsTop = TOP + 2 * CHART + 70;
    int height = faultsTop + verdict.faults().size() * ROW + 20;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"Throughput, backlog and faults over time\">\n",
        WIDTH + LABELS, height);
    for (Verdict.FaultLine fault : verdict.faults()) {
      shade(fault, TOP, faultsTop);
    }
    curve(
        "ends per second",
        TOP,
        "ends",
        verdict.seconds().stream().map(Timeline.Second::ended).toList());
    curve(
        "orders without an end",
        TOP + CHART + 40,
        "backlog",
        verdict.seconds().stream().map(Timeline.Second::backlog).toList());
    int top = faultsTop;
    for (Verdict.FaultLine fault : verdict.faults()) {
      bar(fault, top);
      top += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  private void curve(String title, int top, String style, List<Long> values) {
    long highest = Math.max(1, values.stream().mapToLong(Long::longValue).max().orElse(1));
    text("title", LEFT, top - 8, title);
    for (int i = 0; i <= GRID; i++) {
      double y = top + CHART - (double) CHART * i / GRID;
      add(
          "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n",
          LEFT, y, WIDTH, y);
      text("axis", LEFT - 6, y + 4, String.format(Locale.ROOT, "%,d", highest * i / GRID));
    }
    for (int second = 0; second < values.size(); second += step(values.size())) {
      text("time", x(second * 1000.0), top + CHART + 15, second + " s");
    }
    add("<polyline class=\"%s\" points=\"", style);
    for (int second = 0; second < values.size(); second++) {
      double y = top + CHART - (double) CHART * values.get(second) / highest;
      add("%.1f,%.1f ", x(second * 1000.0), y);
    }
    add("\"/>\n");
  }

  /** A round number of seconds, for about ten labels. */
  private static int step(int seconds) {
    int step = 10;
    while (seconds / step > 12) {
      step *= 2;
    }
    return step;
  }

  private void shade(Verdict.FaultLine fault, int top, int bottom) {
    if (fault.injectedAtMs() != null && fault.healedAtMs() != null) {
      add(
          "<rect class=\"shade\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
          x(fault.injectedAtMs()),
          top,
          Math.max(1, x(fault.healedAtMs()) - x(fault.injectedAtMs())),
          bottom - top - 20);
    }
  }

  private void bar(Verdict.FaultLine fault, int top) {
    if (fault.injectedAtMs() == null || fault.healedAtMs() == null) {
      text("missed", LEFT, top + 13, fault.kind() + ": not injected");
      return;
    }
    double from = x(fault.injectedAtMs());
    add(
        "<rect class=\"fault\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
        from, top + 3, Math.max(2, x(fault.healedAtMs()) - from), ROW - 8);
    mark("progress", fault.injectedAtMs(), fault.allProgressMs(), top);
    mark("drained", fault.injectedAtMs(), fault.drainedMs(), top);
    text(
        "label",
        WIDTH + 8,
        top + 13,
        "%s, %s: %s, %s"
            .formatted(
                fault.kind(),
                fault.victim(),
                millis(fault.allProgressMs()),
                millis(fault.drainedMs())));
  }

  private void mark(String style, long injectedAtMs, @Nullable Long afterMs, int top) {
    if (afterMs != null) {
      add(
          "<circle class=\"%s\" cx=\"%.1f\" cy=\"%d\" r=\"4\"/>\n",
          style, x(injectedAtMs + (double) afterMs), top + ROW / 2 - 1);
    }
  }

  private static String millis(@Nullable Long millis) {
    return millis == null ? "never" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private double x(double millis) {
    return LEFT + millis / 1000 * perSecondWidth;
  }

  private void text(String style, double x, double y, String words) {
    add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", style, x, y, inert(words));
  }

  private void add(String pattern, Object... values) {
    svg.append(String.format(Locale.ROOT, pattern, values));
  }

  /** Text that no browser takes for markup. */
  static String inert(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
