package dev.brigade.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The goals and what the figures say about them. */
final class HtmlGoals {
  private final Summary summary;
  private final List<Verdict> verdicts;

  HtmlGoals(Summary summary, List<Verdict> verdicts) {
    this.summary = summary;
    this.verdicts = verdicts;
  }

  void write(Markup page) {
    page.open("section", "id", "goals")
        .element("h2", "Goals")
        .element(
            "p",
            "Ratios of medians from the same results. A goal is not measured as long as one of"
                + " those it is held against is missing.",
            "class",
            "quiet");
    page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Goals")
        .open("table", "class", "goals")
        .open("thead")
        .open("tr");
    for (String heading : List.of("scenario", "goal", "needed", "stretch", "seen", "verdict")) {
      page.element("th", heading, "scope", "col");
    }
    page.close().close();
    Map<String, List<Verdict>> byScenario =
        verdicts.stream()
            .collect(
                Collectors.groupingBy(
                    verdict -> verdict.goal().scenario(), LinkedHashMap::new, Collectors.toList()));
    byScenario.forEach((scenario, group) -> group(page, scenario, group));
    page.close().close().close();
  }

  private void group(Markup page, String scenario, List<Verdict> group) {
    page.open("tbody");
    for (Verdict verdict : group) {
      page.open("tr");
      if (verdict == group.get(0)) {
        page.open("th", "rowspan", String.valueOf(group.size()), "scope", "rowgroup");
        scenario(page, scenario);
        page.close();
      }
      goal(page, verdict);
      page.close().newLine();
    }
    page.close();
  }

  private void scenario(Markup page, String scenario) {
    if (summary.scenario(scenario).isPresent()) {
      page.element("a", scenario, "href", "#" + HtmlScenario.anchor(scenario));
    } else {
      page.text(scenario);
    }
  }

  private static void goal(Markup page, Verdict verdict) {
    Goal goal = verdict.goal();
    page.open("td").text(goal.words());
    verdict.grounds().forEach(line -> page.element("small", line));
    page.close()
        .element("td", goal.needed(), "class", "number", "data-name", "needed")
        .element("td", goal.stretch(), "class", "number", "data-name", "stretch")
        .element("td", verdict.shown(), "class", "number seen", "data-name", "seen")
        .open("td")
        .element("span", mark(verdict) + " " + verdict.outcome().words(), "class", kind(verdict))
        .close();
  }

  /** Colour alone would tell some readers nothing. */
  private static String mark(Verdict verdict) {
    return switch (verdict.outcome()) {
      case STRETCHED -> "★";
      case MET -> "✓";
      case MISSED -> "✗";
      case NOT_MEASURED -> "·";
    };
  }

  private static String kind(Verdict verdict) {
    return switch (verdict.outcome()) {
      case STRETCHED, MET -> "pill met";
      case MISSED -> "pill missed";
      case NOT_MEASURED -> "pill open";
    };
  }
}
