package dev.brigade.bench.report;

import dev.brigade.bench.Figure;
import dev.brigade.bench.report.Verdict.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The report as one page that needs nothing else: no script, no other file, no network. The results
 * are others' output, so that they are shown and never interpreted.
 */
final class HtmlReport {
  private static final String STYLE = "report.css";
  private static final String NOTHING_FROM_OUTSIDE =
      "default-src 'none'; style-src 'unsafe-inline'";

  private final Results results;
  private final Summary summary;
  private final List<Verdict> verdicts;
  private final Markup page = new Markup();

  HtmlReport(Results results) {
    this.results = results;
    this.summary = Summary.of(results);
    this.verdicts = Goals.judge(summary);
  }

  void print(PrintWriter out) {
    page.open("html", "lang", "en").newLine();
    head();
    page.open("body").newLine();
    header();
    page.open("main").newLine();
    new HtmlGoals(summary, verdicts).write(page);
    int number = 0;
    for (ScenarioSummary scenario : summary.scenarios()) {
      new HtmlScenario(results, scenario, ++number).write(page);
    }
    new HtmlContenders(results).write(page);
    machine();
    figures();
    page.close();
    page.element(
        "footer",
        "Made by brigade bench out of %s: no figure here was written by hand."
            .formatted(Numbers.runs(results.runs().size())));
    page.close().close();
    out.print(page);
    out.flush();
  }

  private void head() {
    page.open("head")
        .newLine()
        .empty("meta", "charset", "utf-8")
        .empty("meta", "http-equiv", "Content-Security-Policy", "content", NOTHING_FROM_OUTSIDE)
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .empty("meta", "name", "color-scheme", "content", "light dark")
        .newLine()
        .element("title", "Brigade, side by side")
        .style(css())
        .close();
  }

  private void header() {
    page.open("header").newLine();
    page.element("p", "brigade bench", "class", "eyebrow");
    page.element("h1", "Side by side");
    page.element(
        "p",
        "Every contender decodes the same orders, cooks the same, writes the same meals and commits"
            + " only what was acknowledged. All of it is measured from outside its process, and a"
            + " run whose work was wrong has no figure. Bars are medians, whiskers reach from the"
            + " least to the greatest run.",
        "class",
        "lead");
    page.open("dl", "class", "tally");
    tally("met", "goals met", met());
    tally("missed", "goals missed", Verdict.count(verdicts, Outcome.MISSED));
    tally("open", "goals not measured", Verdict.count(verdicts, Outcome.NOT_MEASURED));
    tally("runs", "runs", results.runs().size());
    tally("runs", "of them faulty", results.runs().stream().filter(run -> !run.isValid()).count());
    page.close();
    page.open("nav", "aria-label", "Contents");
    link("goals", "Goals");
    for (ScenarioSummary scenario : summary.scenarios()) {
      link(HtmlScenario.anchor(scenario.scenario().name()), scenario.scenario().name());
    }
    link("contenders", "Contenders");
    link("machine", "Machine");
    link("figures", "Figures");
    page.close().close();
  }

  private long met() {
    return Verdict.count(verdicts, Outcome.MET) + Verdict.count(verdicts, Outcome.STRETCHED);
  }

  private void tally(String kind, String what, long number) {
    page.open("div", "class", kind)
        .element("dt", what)
        .element("dd", String.valueOf(number))
        .close();
  }

  private void link(String anchor, String text) {
    page.element("a", text, "href", "#" + anchor).newLine();
  }

  private void machine() {
    page.open("section", "id", "machine").element("h2", "Machine").open("dl", "class", "facts");
    Facts.of(results)
        .forEach((name, fact) -> page.element("dt", name).element("dd", fact).newLine());
    page.close();
    page.element("p", "Measured by");
    page.open("pre");
    Facts.commands(results).forEach(line -> page.text(line).newLine());
    page.close().close();
  }

  private void figures() {
    List<Figure> shown = new ArrayList<>();
    summary.scenarios().forEach(scenario -> shown.addAll(scenario.columns()));
    page.open("section", "id", "figures").element("h2", "Figures").open("dl", "class", "facts");
    for (Figure figure : shown.stream().distinct().sorted().toList()) {
      page.element("dt", "%s, %s".formatted(figure.label(), figure.unit()))
          .element("dd", figure.meaning())
          .newLine();
    }
    page.close().close();
  }

  private static String css() {
    try (InputStream css =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream(STYLE), STYLE)) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(STYLE, e);
    }
  }
}
