package dev.brigade.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.brigade.bench.Figure;
import dev.brigade.orders.Json;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Map;

/** Everything there is, for programs. Figures are named as in the files of runs. */
final class JsonReport {
  private final Results results;

  JsonReport(Results results) {
    this.results = results;
  }

  void print(PrintWriter out) {
    Summary summary = Summary.of(results);
    ObjectNode report = Json.MAPPER.createObjectNode();
    report.set("machines", tree(results.machines()));
    report.set("figures", figures());
    report.set("contenders", tree(results.contenders()));
    ArrayNode scenarios = report.putArray("scenarios");
    summary.scenarios().forEach(scenario -> scenarios.add(scenario(scenario)));
    ArrayNode goals = report.putArray("goals");
    Goals.judge(summary).forEach(verdict -> goals.add(goal(verdict)));
    ArrayNode runs = report.putArray("runs");
    results.runs().forEach(run -> runs.add(JsonFile.sortedTree(run)));
    out.print(JsonFile.text(report));
    out.flush();
  }

  private static ObjectNode figures() {
    ObjectNode figures = Json.MAPPER.createObjectNode();
    for (Figure figure : Figure.values()) {
      figures
          .putObject(figure.name())
          .put("label", figure.label())
          .put("unit", figure.unit())
          .put("moreIsBetter", figure.moreIsBetter())
          .put("meaning", figure.meaning());
    }
    return figures;
  }

  private static ObjectNode scenario(ScenarioSummary summary) {
    ObjectNode scenario = (ObjectNode) tree(summary.scenario());
    ArrayNode contenders = scenario.putArray("contenders");
    for (ContenderSummary who : summary.contenders()) {
      ObjectNode contender = contenders.addObject();
      contender.put("name", who.contender()).put("validRuns", who.validRuns());
      contender.set("faultyRuns", tree(who.faulty()));
      ObjectNode figures = contender.putObject("figures");
      for (Map.Entry<Figure, Spread> figure : who.figures().entrySet()) {
        figures.set(figure.getKey().name(), tree(figure.getValue()));
      }
    }
    return scenario;
  }

  private static ObjectNode goal(Verdict verdict) {
    Goal goal = verdict.goal();
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("scenario", goal.scenario())
        .put("goal", goal.words())
        .put("atLeast", goal.bound().least())
        .put("needed", goal.bound().needed())
        .put("stretch", goal.bound().stretch())
        .put("seen", verdict.seen())
        .put("verdict", verdict.outcome().words());
    json.set("ours", reading(verdict.ours()));
    verdict.theirs().ifPresent(theirs -> json.set("theirs", reading(theirs)));
    json.set("missing", tree(verdict.missing()));
    return json;
  }

  private static ObjectNode reading(Reading reading) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("scenario", reading.side().scenario()).put("figure", reading.side().figure().name());
    if (reading.isMeasured()) {
      json.put("contender", reading.contender()).set("value", tree(reading.spread()));
    }
    return json;
  }

  private static JsonNode tree(Object value) {
    return Json.MAPPER.valueToTree(value);
  }

  private static JsonNode tree(Collection<?> values) {
    return Json.MAPPER.valueToTree(values);
  }
}
