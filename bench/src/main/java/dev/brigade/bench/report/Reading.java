package dev.brigade.bench.report;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a side of a goal came to.
 *
 * @param best the contender whose median it is; null when somebody is missing
 * @param missing who, where and why; empty when there is a best
 */
record Reading(Side side, @Nullable ContenderSummary best, List<Missing> missing) {
  static Reading of(Side side, ContenderSummary best) {
    return new Reading(side, best, List.of());
  }

  static Reading missing(Side side, List<Missing> missing) {
    return new Reading(side, null, List.copyOf(missing));
  }

  boolean isMeasured() {
    return best != null;
  }

  String contender() {
    return Objects.requireNonNull(best).contender();
  }

  int faulty() {
    return Objects.requireNonNull(best).faulty().size();
  }

  Spread spread() {
    return Objects.requireNonNull(Objects.requireNonNull(best).of(side.figure()));
  }
}
