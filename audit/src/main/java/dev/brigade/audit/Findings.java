package dev.brigade.audit;

import java.util.List;

/**
 * What a check has found.
 *
 * @param acked orders of the ledger, by outcome
 * @param ordersInLog records on {@code orders}
 * @param meals orders that have one
 * @param dead orders that have a dead letter
 * @param duplicates ends beyond an order's first
 * @param duplicatesAllowed how many the disruptions explain
 * @param commitSamples how often a partition's commit was looked at
 * @param violations by invariant; none if all is well
 */
public record Findings(
    long acked,
    long unknown,
    long failed,
    long ordersInLog,
    long meals,
    long dead,
    long duplicates,
    long duplicatesAllowed,
    long commitSamples,
    List<Violation> violations) {
  public boolean passed() {
    return violations.isEmpty();
  }
}
