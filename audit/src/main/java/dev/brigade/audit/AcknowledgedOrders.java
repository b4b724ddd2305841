package dev.brigade.audit;

import java.util.List;

/** I1. */
final class AcknowledgedOrders implements Check {
  @Override
  public List<Violation> check(Evidence evidence) {
    Tally lost = new Tally(Invariant.I1, "acknowledged orders are not in the log");
    Tally changed =
        new Tally(Invariant.I1, "something else is in the log where an order was acknowledged");
    for (LedgerEntry entry : evidence.history().ledger()) {
      if (entry.outcome() != LedgerEntry.Outcome.ACKED) {
        continue;
      }
      OrderSeen order = evidence.order(entry.partition(), entry.offset());
      if (order == null) {
        lost.add("%s, acknowledged at %d/%d", entry.id(), entry.partition(), entry.offset());
      } else if (!entry.id().equals(order.id()) || entry.hash() != order.value()) {
        changed.add(
            "%d/%d holds %s, not %s as it was sent",
            entry.partition(), entry.offset(), order.id(), entry.id());
      }
    }
    return Tally.violations(lost, changed);
  }
}
