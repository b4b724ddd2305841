package dev.brigade.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I2: an order is in the log as often as it was sent, and not at all if its sending has failed. */
final class Phantoms implements Check {
  @Override
  public List<Violation> check(Evidence evidence) {
    Map<String, Integer> sent = new HashMap<>();
    Set<String> acknowledgedAt = new HashSet<>();
    for (LedgerEntry entry : evidence.history().ledger()) {
      if (entry.outcome() != LedgerEntry.Outcome.FAILED) {
        sent.merge(entry.id(), 1, Integer::sum);
      }
      if (entry.outcome() == LedgerEntry.Outcome.ACKED) {
        acknowledgedAt.add(entry.partition() + "/" + entry.offset());
      }
    }
    Tally phantoms = new Tally(Invariant.I2, "orders are in the log that nobody sent");
    Tally repeated =
        new Tally(Invariant.I2, "orders are in the log more often than they were sent");
    for (PartitionEvidence partition : evidence.partitions()) {
      for (OrderSeen order : partition.orders()) {
        String place = partition.place(order.offset());
        Integer left = sent.get(order.id());
        if (left == null) {
          if (!acknowledgedAt.contains(place)) {
            phantoms.add("%s at %s", order.id(), place);
          }
        } else if (left == 0) {
          repeated.add("%s, again at %s", order.id(), place);
        } else {
          sent.put(order.id(), left - 1);
        }
      }
    }
    Tally unreadable = new Tally(Invariant.I2, "records are not what their topic should hold");
    evidence.history().scan().unreadable().forEach(unreadable::add);
    return Tally.violations(phantoms, repeated, unreadable);
  }
}
