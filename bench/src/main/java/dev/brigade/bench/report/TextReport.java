package dev.brigade.bench.report;

import dev.brigade.bench.Figure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report for a terminal of 120 columns, ASCII alone. */
final class TextReport {
  private static final int WIDTH = 120;

  private final Results results;
  private final PrintWriter out;

  TextReport(Results results, PrintWriter out) {
    this.results = results;
    this.out = out;
  }

  void print() {
    Summary summary = Summary.of(results);
    Facts.of(results).forEach((name, fact) -> print("", "%-9s %s".formatted(name, fact)));
    Facts.commands(results).forEach(command -> print("", "%-9s %s".formatted("Command", command)));
    summary.scenarios().forEach(this::print);
    List<Verdict> verdicts = Goals.judge(summary);
    out.println();
    out.println("Goals: " + Plain.text(Verdict.tally(verdicts)));
    print(
        verdicts.stream()
            .filter(verdict -> summary.scenario(verdict.goal().scenario()).isPresent())
            .toList());
    out.flush();
  }

  private void print(ScenarioSummary summary) {
    RecordedScenario scenario = summary.scenario();
    out.println();
    print("", scenario.name() + ": " + scenario.description());
    print("  ", parameters(scenario.parameters()));
    out.println();
    table(summary).forEach(out::println);
    for (ContenderSummary who : summary.contenders()) {
      who.remarks().forEach(line -> print("  ", who.contender() + " " + line));
      Faults.lines(who).forEach(line -> print("  ", "faulty: " + who.contender() + " " + line));
    }
  }

  static String parameters(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + " " + parameter.getValue())
        .collect(Collectors.joining(" · "));
  }

  private static List<String> table(ScenarioSummary summary) {
    TextTable table =
        new TextTable(WIDTH)
            .column(false, cells(summary, "contender", "", ContenderSummary::contender))
            .column(true, cells(summary, "runs", "", who -> String.valueOf(who.validRuns())));
    for (Figure figure : summary.columns()) {
      table.column(
          true, cells(summary, figure.label(), figure.unit(), who -> Numbers.cell(who, figure)));
    }
    return table.lines(2);
  }

  private static List<String> cells(
      ScenarioSummary summary,
      String heading,
      String unit,
      Function<ContenderSummary, String> cell) {
    return Stream.concat(Stream.of(heading, unit), summary.contenders().stream().map(cell))
        .toList();
  }

  /** Those of scenarios that were run; a person who ran one does not ask for the others. */
  private void print(List<Verdict> verdicts) {
    String scenario = "";
    List<String> lines = table(verdicts);
    out.println(lines.get(0));
    for (int i = 0; i < verdicts.size(); i++) {
      Verdict verdict = verdicts.get(i);
      if (!scenario.equals(verdict.goal().scenario())) {
        scenario = verdict.goal().scenario();
        out.println();
        print("", scenario);
      }
      // The table's heading takes two lines, the second of which is empty here.
      out.println(lines.get(i + 2));
      print("      ", String.join(" · ", verdict.grounds()));
    }
  }

  private static List<String> table(List<Verdict> verdicts) {
    List<List<String>> columns = new ArrayList<>();
    columns.add(cells(verdicts, "verdict", verdict -> verdict.outcome().words()));
    columns.add(cells(verdicts, "seen", Verdict::shown));
    columns.add(cells(verdicts, "needed", verdict -> verdict.goal().needed()));
    columns.add(cells(verdicts, "stretch", verdict -> verdict.goal().stretch()));
    columns.add(cells(verdicts, "goal", verdict -> verdict.goal().words()));
    TextTable table = new TextTable(WIDTH);
    columns.forEach(column -> table.column(false, column));
    return table.lines(columns.size());
  }

  private static List<String> cells(
      List<Verdict> verdicts, String heading, Function<Verdict, String> cell) {
    return Stream.concat(Stream.of(heading, ""), verdicts.stream().map(cell)).toList();
  }

  private void print(String indent, String text) {
    Plain.wrapped(indent, text, WIDTH).forEach(out::println);
  }
}
