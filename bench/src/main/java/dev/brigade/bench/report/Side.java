package dev.brigade.bench.report;

import dev.brigade.bench.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whose median a goal takes: that of the best of some contenders in a scenario. None of them may be
 * missing: the best of those that happened to be measured may be a weak one.
 *
 * @param contenders who must have been measured; {@code plain-*} is any number of contenders, at
 *     least one
 * @param andOtherPeers whether whoever else was measured may be the best, too
 * @param figure what is taken
 * @param rankedBy by which figure they are the best
 */
record Side(
    String scenario,
    List<String> contenders,
    boolean andOtherPeers,
    Figure figure,
    Figure rankedBy) {
  static Side of(String scenario, Figure figure, String... contenders) {
    return new Side(scenario, List.of(contenders), false, figure, figure);
  }

  Side rankedBy(Figure other) {
    return new Side(scenario, contenders, andOtherPeers, figure, other);
  }

  Side orAnyOtherPeer() {
    return new Side(scenario, contenders, true, figure, rankedBy);
  }

  Reading read(Summary summary) {
    List<ContenderSummary> all =
        summary.scenario(scenario).map(ScenarioSummary::contenders).orElse(List.of());
    List<Missing> missing = new ArrayList<>();
    Predicate<ContenderSummary> named = who -> false;
    for (String name : contenders) {
      Predicate<ContenderSummary> isNamed = who -> matches(name, who.contender());
      List<ContenderSummary> found = all.stream().filter(isNamed).toList();
      if (found.stream().noneMatch(this::isMeasured)) {
        missing.add(new Missing(scenario, name, why(found)));
      }
      named = named.or(isNamed);
    }
    Stream<ContenderSummary> candidates =
        all.stream().filter(andOtherPeers ? named.or(Side::isPeer) : named);
    return candidates
        .filter(this::isMeasured)
        .min(ScenarioSummary.bestFirst(rankedBy))
        .filter(best -> missing.isEmpty())
        .map(best -> Reading.of(this, best))
        .orElseGet(() -> Reading.missing(this, missing));
  }

  private boolean isMeasured(ContenderSummary who) {
    return who.of(figure) != null && who.of(rankedBy) != null;
  }

  private String why(List<ContenderSummary> found) {
    if (found.isEmpty()) {
      return "not run";
    }
    return found.stream().allMatch(who -> who.validRuns() == 0)
        ? "no valid run"
        : "no figure '" + figure.label() + "'";
  }

  private static boolean isPeer(ContenderSummary who) {
    return !who.isOurs() && !who.isLimit();
  }

  private static boolean matches(String name, String contender) {
    return name.endsWith("*")
        ? contender.startsWith(name.substring(0, name.length() - 1))
        : contender.equals(name);
  }
}
