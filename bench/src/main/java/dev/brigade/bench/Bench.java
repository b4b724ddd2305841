package dev.brigade.bench;

import dev.brigade.bench.Procedure.Outcome;
import dev.brigade.bench.Procedure.WorkFault;
import dev.brigade.bench.report.RecordedScenario;
import dev.brigade.bench.report.ResultsDirectory;
import dev.brigade.kitchen.RunDirectory;
import dev.brigade.orders.Interrupts;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs what is asked for and keeps every run's result as soon as it is there. Contenders take turns
 * (A B C A B C …), so that a machine that slows down slows down all of them; what has been measured
 * before is not measured again.
 */
final class Bench {
  /**
   * What is asked for.
   *
   * @param contenders in the order of their turns
   */
  record Round(Scenario scenario, List<Contender> contenders, int repetitions) {}

  private final ResultsDirectory results;
  private final RunDirectory directory;
  private final Interrupts interrupts;
  private final Consumer<String> notes;
  private boolean brigadeWasWrong;

  Bench(
      ResultsDirectory results,
      RunDirectory directory,
      Interrupts interrupts,
      Consumer<String> notes) {
    this.results = results;
    this.directory = directory;
    this.interrupts = interrupts;
    this.notes = notes;
  }

  /** Whether a run of Brigade's own, in this bench, has no figure. */
  boolean brigadeWasWrong() {
    return brigadeWasWrong;
  }

  void run(Round round) throws InterruptedException {
    Scenario scenario = round.scenario();
    results.record(
        new RecordedScenario(
            scenario.name(), scenario.what(), scenario.parameters(), scenario.columns()));
    for (int repetition = 1; repetition <= round.repetitions(); repetition++) {
      for (Contender contender : round.contenders()) {
        for (Variant variant : scenario.variants()) {
          Contender named = variant.named(contender);
          if (!results.has(scenario.name(), named.name(), repetition)) {
            results.record(named);
            measure(scenario, variant, named, repetition, round.repetitions());
          }
        }
      }
    }
  }

  private void measure(
      Scenario scenario, Variant variant, Contender contender, int repetition, int of)
      throws InterruptedException {
    Procedure procedure = ContenderBook.isLimit(contender) ? new Limit() : scenario.procedure();
    Instant startedAt = Instant.now();
    String prefix = "%s-%s-%d".formatted(scenario.name(), contender.name(), repetition);
    Run run = new Run(contender, variant.work(), directory, interrupts, prefix);
    Outcome outcome;
    try {
      outcome = procedure.run(run);
    } catch (WorkFault fault) {
      outcome = new Outcome(Map.of(), List.of(String.valueOf(fault.getMessage())));
    }
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    if (outcome.faults().isEmpty()) {
      figures.putAll(outcome.figures());
      figures.putAll(variant.figures());
    }
    RunResult result =
        new RunResult(
            scenario.name(),
            contender.name(),
            repetition,
            startedAt,
            contender.command(),
            run.configuration(),
            figures,
            outcome.faults(),
            outcome.remarks());
    results.save(result);
    brigadeWasWrong |= !result.isValid() && contender.name().startsWith(BrigadeContenders.NAME);
    notes.accept(
        "%s %d/%d %s: %s"
            .formatted(
                scenario.name(), repetition, of, contender.name(), inShort(scenario, result)));
  }

  private static String inShort(Scenario scenario, RunResult result) {
    if (!result.isValid()) {
      return "no figure: " + String.join("; ", result.faults());
    }
    return scenario.columns().stream()
        .filter(result.figures()::containsKey)
        .limit(3)
        .map(
            figure ->
                String.format(
                    Locale.ROOT,
                    "%s %,.1f %s",
                    figure.label(),
                    result.figures().get(figure),
                    figure.unit()))
        .reduce((all, next) -> all + ", " + next)
        .orElse("done");
  }
}
