package dev.brigade.kitchen.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.brigade.kitchen.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What scenarios have cost, out of the verdicts of all their runs. */
final class ScenarioTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> HEADINGS =
      List.of(
          "scenario",
          "delivery",
          "bound",
          "runs",
          "goes on",
          "drained",
          "standstill",
          "waited before",
          "twice",
          "verdicts");

  private final List<List<String>> rows;
  private final boolean allPassed;

  private ScenarioTable(List<List<String>> rows, boolean allPassed) {
    this.rows = rows;
    this.allPassed = allPassed;
  }

  /** The name of a run's directory. */
  static String directory(Scenario scenario, String delivery, int run) {
    return "%s-%s-%d".formatted(scenario.name(), delivery, run);
  }

  /** The scenarios in words, for people. */
  static List<String> describe(List<Scenario> scenarios) {
    TextTable table = new TextTable("scenario", "what happens", "at least once", "exactly once");
    for (Scenario scenario : scenarios) {
      List<String> bounds =
          ChaosPlan.DELIVERIES.stream().map(delivery -> bounds(scenario, delivery)).toList();
      table.row(scenario.name(), scenario.words(), bounds.get(0), bounds.get(1));
    }
    return table.lines();
  }

  private static String bounds(Scenario scenario, String delivery) {
    ChaosPlan plan = ChaosPlan.ofScenario(1, delivery);
    if (!Faults.isPossible(scenario.kind(), plan)) {
      return "not possible";
    }
    return Stream.concat(
            scenario.bounds().apply(Scenario.Times.of(plan)).stream().map(Bound::words),
            Stream.of("all promises"))
        .collect(Collectors.joining(", "));
  }

  static ScenarioTable read(Path results, List<Scenario> scenarios) {
    List<List<String>> rows = new ArrayList<>();
    boolean allPassed = true;
    for (Scenario scenario : scenarios) {
      for (String delivery : ChaosPlan.DELIVERIES) {
        List<JsonNode> verdicts = verdicts(results, scenario, delivery);
        if (!verdicts.isEmpty()) {
          rows.add(row(scenario, delivery, verdicts));
          allPassed &=
              verdicts.stream()
                  .allMatch(verdict -> verdict.path("verdict").asText().equals("PASSED"));
        }
      }
    }
    return new ScenarioTable(rows, allPassed);
  }

  private static List<JsonNode> verdicts(Path results, Scenario scenario, String delivery) {
    Pattern name = Pattern.compile(Pattern.quote(scenario.name() + "-" + delivery) + "-\\d+");
    try (Stream<Path> directories = Files.list(results)) {
      List<JsonNode> verdicts = new ArrayList<>();
      for (Path directory : directories.sorted().toList()) {
        Path file = directory.resolve("verdict.json");
        if (name.matcher(directory.getFileName().toString()).matches() && Files.exists(file)) {
          verdicts.add(JSON.readTree(file.toFile()));
        }
      }
      return verdicts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> row(Scenario scenario, String delivery, List<JsonNode> verdicts) {
    return List.of(
        scenario.name(),
        delivery,
        bounds(scenario, delivery),
        Integer.toString(verdicts.size()),
        spread(verdicts, "allProgressMs"),
        spread(verdicts, "drainedMs"),
        spread(each(verdicts, "longestStandstillSeconds")),
        spread(each(verdicts, "usualWaitSeconds")),
        Long.toString(
            verdicts.stream()
                .mapToLong(verdict -> verdict.at("/counts/duplicates").asLong())
                .sum()),
        verdicts.stream()
            .collect(
                Collectors.groupingBy(
                    verdict -> verdict.path("verdict").asText(), Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .sorted()
            .collect(Collectors.joining(", ")));
  }

  /** Median and worst over all faults of all runs, in seconds. */
  private static String spread(List<JsonNode> verdicts, String field) {
    List<Double> seconds = new ArrayList<>();
    for (JsonNode verdict : verdicts) {
      for (JsonNode fault : verdict.path("faults")) {
        JsonNode millis = fault.path(field);
        seconds.add(millis.isNumber() ? millis.asDouble() / 1000 : Double.POSITIVE_INFINITY);
      }
    }
    return spread(seconds);
  }

  /** Of the runs whose verdict has it: results may be of an earlier version. */
  private static List<Double> each(List<JsonNode> verdicts, String field) {
    return verdicts.stream()
        .map(verdict -> verdict.path(field))
        .filter(JsonNode::isNumber)
        .map(JsonNode::asDouble)
        .toList();
  }

  /** Median and worst. */
  private static String spread(List<Double> unsorted) {
    List<Double> seconds = unsorted.stream().sorted().toList();
    return seconds.isEmpty()
        ? ""
        : words(seconds.get((seconds.size() - 1) / 2))
            + (seconds.size() > 1 ? " (" + words(seconds.get(seconds.size() - 1)) + ")" : "");
  }

  private static String words(double seconds) {
    return Double.isInfinite(seconds) ? "never" : String.format(Locale.ROOT, "%.1f s", seconds);
  }

  boolean allPassed() {
    return allPassed;
  }

  List<String> lines() {
    TextTable table = new TextTable(HEADINGS.toArray(String[]::new));
    rows.forEach(row -> table.row(row.toArray(String[]::new)));
    return table.lines();
  }

  /** As Markdown. */
  void write(Path file) {
    List<String> lines = new ArrayList<>();
    lines.add(line(HEADINGS));
    lines.add(line(HEADINGS.stream().map(heading -> "---").toList()));
    rows.forEach(row -> lines.add(line(row)));
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
