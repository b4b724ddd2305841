package dev.brigade.kitchen;

/**
 * What reading the log back at the end has shown of all of a lab's orders.
 *
 * @param placed orders that the brokers told the producer are in the log
 * @param cookedTwice meals beyond an order's first, which at-least-once allows after a crash
 * @param lost placed orders that are not in the log, and orders in the log without an end
 * @param orderViolations ends that came before those of earlier orders of their key, and cooks of
 *     one key at the same time
 * @param unsoundEnds ends of no order, of another order, or both kinds for one order
 */
record CheckedLog(
    long placed,
    long cooked,
    long dead,
    long cookedTwice,
    long lost,
    long orderViolations,
    long unsoundEnds) {

  /**
   * @param findings in all of the log
   */
  static CheckedLog of(long placed, LogFindings findings) {
    return new CheckedLog(
        placed,
        findings.cooked(),
        findings.dead(),
        findings.cookedTwice(),
        findings.open() + Math.max(0, placed - findings.orders()),
        findings.orderViolations(),
        findings.conflicting()
            + findings.unknownEnds()
            + findings.mistakenEnds()
            + findings.unreadable());
  }

  Claim allCooked() {
    return new Claim(
        "every dish that was ordered is cooked",
        "%d of %d".formatted(cooked, placed),
        cooked == placed && dead == 0);
  }

  Claim noneLost() {
    return new Claim(
        "none is lost, none overtakes one of its table",
        "%d lost, %d overtook".formatted(lost, orderViolations),
        lost == 0 && orderViolations == 0 && unsoundEnds == 0);
  }
}
