package dev.brigade.bench.report;

import dev.brigade.bench.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A scenario: the work, its charts, its table and what was wrong. */
final class HtmlScenario {
  private static final int FULL_WIDTH = 1040;
  private static final int HALF_WIDTH = 504;

  private final Results results;
  private final ScenarioSummary summary;
  private final int number;

  /**
   * @param number unique in the document
   */
  HtmlScenario(Results results, ScenarioSummary summary, int number) {
    this.results = results;
    this.summary = summary;
    this.number = number;
  }

  static String anchor(String scenario) {
    return "scenario-" + scenario;
  }

  void write(Markup page) {
    RecordedScenario scenario = summary.scenario();
    page.open("section", "id", anchor(scenario.name()))
        .element("h2", scenario.name())
        .element("p", scenario.description());
    page.open("ul", "class", "parameters");
    scenario
        .parameters()
        .forEach(
            (name, value) ->
                page.open("li").text(name + " ").element("b", value).close().newLine());
    page.close();
    charts(page);
    table(page);
    for (ContenderSummary who : summary.contenders()) {
      who.remarks()
          .forEach(line -> page.element("p", who.contender() + ", " + line, "class", "quiet"));
    }
    faults(page);
    page.close();
  }

  /** The first column, and whatever else a goal looks at here. */
  private void charts(Markup page) {
    List<Figure> columns = summary.columns();
    if (columns.isEmpty()) {
      return;
    }
    new BarChart(id(columns.get(0)), summary, columns.get(0), true, FULL_WIDTH).write(page);
    Set<Figure> judged = Goals.judged(summary.scenario().name());
    List<Figure> more = columns.stream().skip(1).filter(judged::contains).toList();
    if (!more.isEmpty()) {
      int width = more.size() == 1 ? FULL_WIDTH : HALF_WIDTH;
      page.open("div", "class", width == FULL_WIDTH ? "" : "charts");
      more.forEach(figure -> new BarChart(id(figure), summary, figure, false, width).write(page));
      page.close();
    }
  }

  private String id(Figure figure) {
    return "chart-%d-%s".formatted(number, figure.name());
  }

  private void table(Markup page) {
    String name = summary.scenario().name();
    page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", name)
        .open("table")
        .open("thead")
        .open("tr")
        .element("th", "contender", "scope", "col")
        .element("th", "runs", "scope", "col", "class", "number");
    for (Figure figure : summary.columns()) {
      page.open("th", "scope", "col", "class", "number", "title", figure.meaning())
          .text(figure.label())
          .element("small", figure.unit())
          .close();
    }
    page.close().close().open("tbody").newLine();
    summary.contenders().forEach(who -> row(page, who));
    page.close().close().close();
  }

  private void row(Markup page, ContenderSummary who) {
    page.open("tr", "class", who.isOurs() ? "ours" : who.isLimit() ? "limit" : "peer")
        .open("th", "scope", "row")
        .text(who.contender())
        .element("small", results.description(who.contender()))
        .close()
        .open("td", "class", "number")
        .text(String.valueOf(who.validRuns()));
    if (!who.faulty().isEmpty()) {
      page.element("small", who.faulty().size() + " faulty", "class", "fault");
    }
    page.close();
    for (Figure figure : summary.columns()) {
      page.open("td", "class", "number");
      Spread spread = who.of(figure);
      if (spread == null) {
        page.text("–");
      } else {
        page.text(Numbers.median(spread));
        if (spread.runs() > 1) {
          page.element("small", Numbers.bounds(spread));
        }
      }
      page.close();
    }
    page.close().newLine();
  }

  private void faults(Markup page) {
    List<String> lines = new ArrayList<>();
    for (ContenderSummary who : summary.contenders()) {
      Faults.lines(who).forEach(line -> lines.add(who.contender() + ", " + line));
    }
    if (!lines.isEmpty()) {
      page.open("div", "class", "faults").element("p", "Faulty, so without a figure").open("ul");
      lines.forEach(line -> page.element("li", line).newLine());
      page.close().close();
    }
  }
}
