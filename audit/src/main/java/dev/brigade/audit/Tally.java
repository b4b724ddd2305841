package dev.brigade.audit;

import java.util.ArrayList;
import java.util.List;

/** Counts one way in which an invariant is broken. Not thread-safe. */
final class Tally {
  static final int MOST_EXAMPLES = 5;

  private final Invariant invariant;
  private final String message;
  private final List<String> examples = new ArrayList<>();
  private long count;

  Tally(Invariant invariant, String message) {
    this.invariant = invariant;
    this.message = message;
  }

  /**
   * @param example with places for the arguments, as {@link String#format} has them
   */
  void add(String example, Object... arguments) {
    count++;
    if (examples.size() < MOST_EXAMPLES) {
      examples.add(arguments.length == 0 ? example : example.formatted(arguments));
    }
  }

  /** The violation of each that has counted something. */
  static List<Violation> violations(Tally... tallies) {
    List<Violation> violations = new ArrayList<>();
    for (Tally tally : tallies) {
      if (tally.count > 0) {
        violations.add(
            new Violation(
                tally.invariant, tally.count, tally.message, List.copyOf(tally.examples)));
      }
    }
    return violations;
  }
}
