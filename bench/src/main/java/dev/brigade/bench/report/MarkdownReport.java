package dev.brigade.bench.report;

import dev.brigade.bench.Figure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The tables for a document in Markdown. What contenders say is escaped. */
final class MarkdownReport {
  private final Results results;
  private final PrintWriter out;

  MarkdownReport(Results results, PrintWriter out) {
    this.results = results;
    this.out = out;
  }

  void print() {
    Summary summary = Summary.of(results);
    out.println("| machine | |");
    out.println("| --- | --- |");
    Facts.of(results).forEach((name, fact) -> row(List.of(escaped(name), escaped(fact))));
    Facts.commands(results).forEach(line -> row(List.of("Command", escaped(line))));
    summary.scenarios().forEach(this::print);
    print(Goals.judge(summary));
    out.flush();
  }

  private void print(ScenarioSummary summary) {
    RecordedScenario scenario = summary.scenario();
    out.println();
    out.println("### " + scenario.name());
    out.println();
    out.println(escaped(scenario.description()));
    out.println();
    out.println(escaped(TextReport.parameters(scenario.parameters())));
    out.println();
    List<String> heading = new ArrayList<>(List.of("contender", "runs"));
    List<String> rule = new ArrayList<>(List.of("---", "---:"));
    for (Figure figure : summary.columns()) {
      heading.add(escaped("%s, %s".formatted(figure.label(), figure.unit())));
      rule.add("---:");
    }
    row(heading);
    row(rule);
    for (ContenderSummary who : summary.contenders()) {
      String name = escaped(who.contender());
      List<String> cells = new ArrayList<>();
      cells.add(who.isOurs() ? "**" + name + "**" : name);
      cells.add(String.valueOf(who.validRuns()));
      summary.columns().forEach(figure -> cells.add(escaped(Numbers.cell(who, figure))));
      row(cells);
    }
    remarks(summary);
    faults(summary);
  }

  private void remarks(ScenarioSummary summary) {
    for (ContenderSummary who : summary.contenders()) {
      for (String line : who.remarks()) {
        out.println();
        out.println(escaped(who.contender() + ", " + line));
      }
    }
  }

  private void faults(ScenarioSummary summary) {
    List<String> lines = new ArrayList<>();
    for (ContenderSummary who : summary.contenders()) {
      Faults.lines(who).forEach(line -> lines.add(escaped(who.contender() + ", " + line)));
    }
    if (!lines.isEmpty()) {
      out.println();
      out.println("Faulty, so without a figure:");
      out.println();
      lines.forEach(line -> out.println("- " + line));
    }
  }

  private void print(List<Verdict> verdicts) {
    out.println();
    out.println("### Goals");
    out.println();
    out.println(escaped(Verdict.tally(verdicts)));
    out.println();
    List<String> heading =
        List.of("scenario", "goal", "needed", "stretch", "seen", "verdict", "by");
    row(heading);
    row(Collections.nCopies(heading.size(), "---"));
    for (Verdict verdict : verdicts) {
      Goal goal = verdict.goal();
      row(
          List.of(
              escaped(goal.scenario()),
              escaped(goal.words()),
              escaped(goal.needed()),
              escaped(goal.stretch()),
              escaped(verdict.shown()),
              verdict.outcome().words(),
              escaped(String.join(" · ", verdict.grounds()))));
    }
  }

  private void row(List<String> cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }

  /** So that it is shown as it is, on one line and in one cell. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    Inert.text(text)
        .codePoints()
        .forEach(
            character -> {
              if (character == '<' || character == '>' || character == '&') {
                escaped.append("&#").append(character).append(';');
              } else if ("\\`*_[]|#~!".indexOf(character) >= 0) {
                escaped.append('\\').appendCodePoint(character);
              } else {
                escaped.appendCodePoint(Character.isWhitespace(character) ? ' ' : character);
              }
            });
    return escaped.toString();
  }
}
