package dev.brigade.audit;

import java.time.Instant;
import java.util.Map;

/**
 * What was committed at a moment, and where the ends of orders stood right before and after.
 *
 * @param at when the first of the three was asked for
 * @param partitions by number, those of which everything is known
 */
public record CommitSample(Instant at, Map<Integer, Committed> partitions) {
  /**
   * Of one partition, each asked for when the answer before it was there: visible ends, the commit,
   * all ends. So whatever was visible first must be covered by the commit, and whatever the commit
   * covers must lie before the ends.
   *
   * @param visibleMeals where {@code meals} ended for a reader of committed records
   * @param visibleDeadLetters likewise
   * @param offset committed, while no transaction that could change it was pending
   * @param metadata the commit's
   * @param meals where {@code meals} ended, open transactions included
   * @param deadLetters likewise
   */
  public record Committed(
      long visibleMeals,
      long visibleDeadLetters,
      long offset,
      String metadata,
      long meals,
      long deadLetters) {}
}
