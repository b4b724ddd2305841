package dev.brigade.audit;

import java.util.List;

/** I11 and I12, which whoever ran the kitchen has seen. */
final class Told {
  private Told() {}

  static List<Violation> recoveries(Evidence evidence) {
    return all(Invariant.I11, "work did not go on in time", evidence.history().missedRecoveries());
  }

  static List<Violation> leftovers(Evidence evidence) {
    Leftovers leftovers = evidence.history().leftovers();
    Tally transactions = tally(Invariant.I12, "open transactions", leftovers.openTransactions());
    Tally exitCodes = tally(Invariant.I12, "wrong exit codes", leftovers.exitCodes());
    Tally leaks = tally(Invariant.I12, "leaks", leftovers.leaks());
    Tally secrets = tally(Invariant.I12, "secrets", leftovers.secrets());
    return Tally.violations(transactions, exitCodes, leaks, secrets);
  }

  private static List<Violation> all(Invariant invariant, String message, List<String> lines) {
    return Tally.violations(tally(invariant, message, lines));
  }

  private static Tally tally(Invariant invariant, String message, List<String> lines) {
    Tally tally = new Tally(invariant, message);
    lines.forEach(tally::add);
    return tally;
  }
}
