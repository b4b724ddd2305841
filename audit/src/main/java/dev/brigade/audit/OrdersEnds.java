package dev.brigade.audit;

import java.util.List;

/**
 * I3. At least once, an order that is cooked again may end otherwise than the first time, if its
 * recipe does; such an end is a duplicate like any other.
 */
final class OrdersEnds implements Check {
  private final Tally open = new Tally(Invariant.I3, "orders have no end");
  private final Tally conflicting =
      new Tally(Invariant.I3, "orders have both a meal and a dead letter");
  private final Tally strays = new Tally(Invariant.I3, "ends name no order of their partition");
  private final Tally mistaken =
      new Tally(Invariant.I3, "ends have another key or order id than the order they name");
  private final Tally tooMany = new Tally(Invariant.I3, "more ends repeated than allowed");

  @Override
  public List<Violation> check(Evidence evidence) {
    for (PartitionEvidence partition : evidence.partitions()) {
      for (int order = 0; order < partition.orders().size(); order++) {
        order(evidence.history().delivery(), partition, order);
      }
      ends("meal", partition, partition.meals());
      ends("dead letter", partition, partition.deadLetters());
    }
    long duplicates = Duplicates.count(evidence);
    long allowed = new Duplicates(evidence).allowed();
    if (duplicates > allowed) {
      tooMany.add("%d ends beyond their order's first, at most %d explained", duplicates, allowed);
    }
    return Tally.violations(open, conflicting, strays, mistaken, tooMany);
  }

  private void order(Delivery delivery, PartitionEvidence partition, int order) {
    if (partition.ends(order) == 0) {
      open.add("order %s", partition.place(order));
    } else if (delivery == Delivery.EXACTLY_ONCE
        && partition.meals().count(order) > 0
        && partition.deadLetters().count(order) > 0) {
      conflicting.add("order %s", partition.place(order));
    }
  }

  private void ends(String kind, PartitionEvidence partition, PartitionEvidence.Ends ends) {
    for (EndSeen stray : ends.strays) {
      strays.add(
          "%s %s names offset %d", kind, partition.place(stray.offset()), stray.orderOffset());
    }
    for (EndSeen end : ends.all) {
      OrderSeen order = partition.order(end.orderOffset());
      if (order != null
          && end.identity() != EndSeen.UNKNOWN_IDENTITY
          && end.identity() != order.identity()) {
        mistaken.add(
            "%s %s of order %s",
            kind, partition.place(end.offset()), partition.place(order.offset()));
      }
    }
  }
}
