package dev.brigade.bench.report;

import dev.brigade.bench.RunResult;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who was measured, and how: every command line and configuration that a run had. */
final class HtmlContenders {
  private final Results results;

  HtmlContenders(Results results) {
    this.results = results;
  }

  private record Setup(List<String> command, List<String> configuration) {}

  void write(Markup page) {
    Map<String, Map<Setup, Set<String>>> contenders = new TreeMap<>();
    for (RunResult run : results.runs()) {
      contenders
          .computeIfAbsent(run.contender(), name -> new LinkedHashMap<>())
          .computeIfAbsent(
              new Setup(run.command(), run.configuration()), setup -> new LinkedHashSet<>())
          .add(run.scenario());
    }
    page.open("section", "id", "contenders")
        .element("h2", "Contenders")
        .element(
            "p",
            "Each is a process of its own: its command line, and what it said about its configuration.",
            "class",
            "quiet");
    contenders.forEach((name, setups) -> contender(page, name, setups));
    page.close();
  }

  private void contender(Markup page, String name, Map<Setup, Set<String>> setups) {
    page.open("details")
        .open("summary")
        .element("b", name)
        .element("span", results.description(name), "class", "quiet")
        .close();
    setups.forEach(
        (setup, scenarios) -> {
          page.element("p", "in " + String.join(", ", scenarios), "class", "quiet");
          page.element("pre", Facts.commandLine(setup.command()));
          if (!setup.configuration().isEmpty()) {
            page.open("pre");
            setup.configuration().forEach(line -> page.text(line).newLine());
            page.close();
          }
        });
    page.close();
  }
}
