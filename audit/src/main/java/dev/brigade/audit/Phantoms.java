package dev.brigade.audit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** I2: an order is in the log as often as it was sent, and not at all if its sending has failed. */
final class Phantoms implements Check {
  @Override
  public List<Violation> check(Evidence evidence) {
    Map<String, Integer> sent = new HashMap<>();
    for (LedgerEntry entry : evidence.history().ledger()) {
      if (entry.outcome() != LedgerEntry.Outcome.FAILED) {
        sent.merge(entry.id(), 1, Integer::sum);
      }
    }
    Map<String, String> strangers = new LinkedHashMap<>();
    Tally repeated =
        new Tally(Invariant.I2, "orders are in the log more often than they were sent");
    for (PartitionEvidence partition : evidence.partitions()) {
      for (OrderSeen order : partition.orders()) {
        String place = partition.place(order.offset());
        Integer left = sent.get(order.id());
        if (left == null) {
          strangers.put(place, order.id());
        } else if (left == 0) {
          repeated.add("%s, again at %s", order.id(), place);
        } else {
          sent.put(order.id(), left - 1);
        }
      }
    }
    // What is no order has no id: it is known by the place where it was acknowledged.
    if (!strangers.isEmpty()) {
      for (LedgerEntry entry : evidence.history().ledger()) {
        strangers.remove(entry.partition() + "/" + entry.offset());
      }
    }
    Tally phantoms = new Tally(Invariant.I2, "orders are in the log that nobody sent");
    strangers.forEach((place, id) -> phantoms.add("%s at %s", id, place));
    Tally unreadable = new Tally(Invariant.I2, "records are not what their topic should hold");
    evidence.history().scan().unreadable().forEach(unreadable::add);
    return Tally.violations(phantoms, repeated, unreadable);
  }
}
