package dev.brigade.audit;

import java.util.List;

/**
 * What was there after the run and should not have been, one line each.
 *
 * @param openTransactions see {@link OpenTransactions}
 * @param exitCodes processes that ended with another exit code than they should
 * @param leaks threads, file handles and processes left behind
 * @param secrets places where one was found
 */
public record Leftovers(
    List<String> openTransactions,
    List<String> exitCodes,
    List<String> leaks,
    List<String> secrets) {
  public static final Leftovers NONE = new Leftovers(List.of(), List.of(), List.of(), List.of());

  public Leftovers {
    openTransactions = List.copyOf(openTransactions);
    exitCodes = List.copyOf(exitCodes);
    leaks = List.copyOf(leaks);
    secrets = List.copyOf(secrets);
  }
}
