package dev.brigade.bench.report;

import dev.brigade.bench.Figure;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One figure of a scenario as horizontal bars from zero, best first: medians, with whiskers from
 * the least to the greatest run. It says nothing that the table does not.
 */
final class BarChart {
  private static final int ROW = 30;
  private static final int BAR = 16;
  private static final int CAP = 8;
  private static final int GAP = 10;

  /** Generous, for what a character of the reader's font takes. */
  private static final double CHARACTER = 7.6;

  private final String id;
  private final ScenarioSummary scenario;
  private final Figure figure;
  private final int width;
  private final List<ContenderSummary> rows;
  private final double zero;
  private final double scale;

  /**
   * @param id unique in the document
   * @param all whether those are there, too, who have no valid run
   * @param width of the drawing, in its own units: pixels where there is room
   */
  BarChart(String id, ScenarioSummary scenario, Figure figure, boolean all, int width) {
    this.id = id;
    this.scenario = scenario;
    this.figure = figure;
    this.width = width;
    this.rows =
        scenario.contenders().stream()
            .filter(who -> who.of(figure) != null || (all && who.validRuns() == 0))
            .sorted(ScenarioSummary.bestFirst(figure))
            .toList();
    this.zero =
        2 * GAP + CHARACTER * longest(rows.stream().map(ContenderSummary::contender).toList());
    double value =
        3 * GAP + CHARACTER * longest(rows.stream().map(who -> Numbers.cell(who, figure)).toList());
    double greatest =
        rows.stream()
            .map(who -> who.of(figure))
            .filter(Objects::nonNull)
            .mapToDouble(Spread::max)
            .max()
            .orElse(0);
    this.scale = greatest <= 0 ? 0 : (width - zero - value) / greatest;
  }

  private static int longest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  void write(Markup page) {
    int height = rows.size() * ROW;
    page.open("figure", "class", "chart")
        .open("figcaption")
        .element("b", figure.label())
        .text(", " + figure.unit() + " ")
        .element(
            "span",
            "%s; %s is better".formatted(figure.meaning(), figure.moreIsBetter() ? "more" : "less"),
            "class",
            "quiet")
        .close()
        .open("div", "class", "scroll")
        .open(
            "svg",
            "viewBox",
            "0 0 %d %d".formatted(width, height),
            "style",
            "min-width:%dpx;max-width:%dpx".formatted(Math.min(width, 480), width),
            "role",
            "img",
            "aria-labelledby",
            id + "-title " + id + "-text")
        .element("title", title(), "id", id + "-title")
        .element("desc", description(), "id", id + "-text");
    for (int row = 0; row < rows.size(); row++) {
      write(page, rows.get(row), row * ROW);
    }
    line(page, "zero", zero, 0, zero, height);
    page.close().close().close();
  }

  private String title() {
    return "%s, %s, in %s".formatted(figure.label(), figure.unit(), scenario.scenario().name());
  }

  private String description() {
    return rows.stream()
        .map(who -> who.contender() + " " + Numbers.cell(who, figure))
        .collect(Collectors.joining("; ", "Best first: ", ". The same is in the table."));
  }

  private void write(Markup page, ContenderSummary who, int top) {
    double middle = top + ROW / 2.0;
    String kind = who.isOurs() ? "ours" : who.isLimit() ? "limit" : "peer";
    page.newLine().open("g", "class", kind);
    text(page, "name", zero - GAP, middle, "end").text(who.contender()).close();
    Spread spread = who.of(figure);
    if (spread == null) {
      text(page, "none", zero + GAP, middle, "start").text("no valid run").close();
    } else {
      page.empty(
          "rect",
          "x",
          number(zero),
          "y",
          number(middle - BAR / 2.0),
          "width",
          number(Math.max(0, spread.median() * scale)),
          "height",
          String.valueOf(BAR));
      whisker(page, spread, middle);
      text(page, "value", zero + Math.max(0, spread.max() * scale) + GAP, middle, "start")
          .element("tspan", Numbers.median(spread), "class", "median");
      if (spread.runs() > 1) {
        page.element("tspan", Numbers.bounds(spread), "class", "range", "dx", "6");
      }
      page.close();
    }
    page.close();
  }

  private void whisker(Markup page, Spread spread, double middle) {
    if (spread.runs() > 1) {
      double min = zero + spread.min() * scale;
      double max = zero + spread.max() * scale;
      line(page, "whisker", min, middle, max, middle);
      line(page, "whisker", min, middle - CAP / 2.0, min, middle + CAP / 2.0);
      line(page, "whisker", max, middle - CAP / 2.0, max, middle + CAP / 2.0);
    }
  }

  private static Markup text(Markup page, String kind, double x, double y, String anchor) {
    return page.open(
        "text",
        "class",
        kind,
        "x",
        number(x),
        "y",
        number(y),
        "dy",
        "0.35em",
        "text-anchor",
        anchor);
  }

  private static void line(Markup page, String kind, double x1, double y1, double x2, double y2) {
    page.empty(
        "line",
        "class",
        kind,
        "x1",
        number(x1),
        "y1",
        number(y1),
        "x2",
        number(x2),
        "y2",
        number(y2));
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
