package dev.brigade.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the figures say about a goal.
 *
 * @param seen the number the bound is about; null when it was not measured
 * @param theirs what ours is held against, if that is measured, too
 * @param missing which figures there are not, and why; empty when it was measured
 */
record Verdict(
    Goal goal,
    Outcome outcome,
    @Nullable Double seen,
    Reading ours,
    Optional<Reading> theirs,
    List<String> missing) {
  enum Outcome {
    STRETCHED("stretch met"),
    MET("met"),
    MISSED("missed"),
    NOT_MEASURED("not measured");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  static Verdict of(Goal goal, Summary summary) {
    Reading ours = goal.ours().read(summary);
    Optional<Reading> theirs = goal.yardstick().side().map(side -> side.read(summary));
    List<Missing> missing = new ArrayList<>(ours.missing());
    theirs.ifPresent(other -> missing.addAll(other.missing()));
    if (!missing.isEmpty()) {
      return new Verdict(goal, Outcome.NOT_MEASURED, null, ours, theirs, Missing.words(missing));
    }
    double reference = theirs.map(other -> other.spread().median()).orElse(1.0);
    double seen = goal.yardstick().seen(ours.spread().median(), reference);
    if (!Double.isFinite(seen)) {
      String zero = theirs.orElseThrow().contender() + " has 0, and nothing is a share of that";
      return new Verdict(goal, Outcome.NOT_MEASURED, null, ours, theirs, List.of(zero));
    }
    return new Verdict(goal, outcome(goal.bound(), seen), seen, ours, theirs, List.of());
  }

  private static Outcome outcome(Bound bound, double seen) {
    if (!bound.isMet(seen)) {
      return Outcome.MISSED;
    }
    return bound.isStretched(seen) ? Outcome.STRETCHED : Outcome.MET;
  }

  /** How many goals came to what, for people. */
  static String tally(List<Verdict> verdicts) {
    long stretched = count(verdicts, Outcome.STRETCHED);
    return "%d met (%d of them with the stretch) · %d missed · %d not measured"
        .formatted(
            stretched + count(verdicts, Outcome.MET),
            stretched,
            count(verdicts, Outcome.MISSED),
            count(verdicts, Outcome.NOT_MEASURED));
  }

  static long count(List<Verdict> verdicts, Outcome outcome) {
    return verdicts.stream().filter(verdict -> verdict.outcome == outcome).count();
  }

  /** For people; a dash when it was not measured. */
  String shown() {
    return seen == null ? "–" : goal.show(seen);
  }

  /** Each side with its median and range, or what is missing; for people. */
  List<String> grounds() {
    if (outcome == Outcome.NOT_MEASURED) {
      return missing;
    }
    List<String> sides = new ArrayList<>(List.of(grounds(ours)));
    theirs.ifPresent(other -> sides.add(grounds(other)));
    return sides;
  }

  private String grounds(Reading reading) {
    Spread spread = reading.spread();
    boolean elsewhere = !reading.side().scenario().equals(goal.scenario());
    boolean another = reading.side().figure() != goal.ours().figure();
    return "%s%s%s %s %s, %s%s"
        .formatted(
            reading.contender(),
            another ? " " + reading.side().figure().label() : "",
            elsewhere ? " in " + reading.side().scenario() : "",
            Numbers.range(spread),
            reading.side().figure().unit(),
            Numbers.runs(spread.runs()),
            reading.faulty() == 0 ? "" : " and " + reading.faulty() + " faulty");
  }
}
