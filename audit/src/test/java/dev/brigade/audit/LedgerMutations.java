package dev.brigade.audit;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Of orders, held against the ledger. */
final class LedgerMutations {
  private LedgerMutations() {}

  static Stream<Mutation> all() {
    return Stream.of(
        Mutation.of(
            "an acknowledged order is gone with its end", Invariant.I1, LedgerMutations::drop),
        Mutation.of(
            "a payload is altered",
            Invariant.I1,
            history -> {
              int order = history.order(history.ledger.get(history.acknowledged()));
              change(history, order, history.orders().get(order).id(), -1);
            }),
        Mutation.of(
            "two orders are swapped", Set.of(Invariant.I1, Invariant.I3), LedgerMutations::swap),
        Mutation.of(
            "an order is in no ledger",
            Invariant.I2,
            history -> history.ledger.remove(history.acknowledged())),
        Mutation.of(
            "an order that had failed is in the log",
            Invariant.I2,
            history -> {
              int at = history.acknowledged();
              history.ledger.set(at, history.ledger.get(at).failed("refused"));
            }),
        Mutation.of("an order is in the log twice", Invariant.I2, LedgerMutations::repeat),
        Mutation.of(
            "a meal is garbage besides",
            Invariant.I2,
            history -> history.unreadable.add("kitchen.meals/0/17: no JSON")));
  }

  private static void drop(AlteredHistory history) {
    LedgerEntry entry = history.ledger.get(history.acknowledged());
    history.orders().remove(history.order(entry));
    history.meals().removeIf(meal -> meal.orderOffset() == entry.offset());
    history.deadLetters().removeIf(letter -> letter.orderOffset() == entry.offset());
    history.monitored = false;
  }

  private static void swap(AlteredHistory history) {
    List<OrderSeen> orders = history.orders();
    int first = history.order(history.ledger.get(history.acknowledged()));
    OrderSeen one = orders.get(first);
    OrderSeen two = orders.get(first + 1);
    orders.set(first, at(one.offset(), two, one.key()));
    orders.set(first + 1, at(two.offset(), one, two.key()));
    history.monitored = false; // a dead letter's dish may be among what is swapped
  }

  private static OrderSeen at(long offset, OrderSeen order, long key) {
    return new OrderSeen(
        offset, order.id(), order.dish(), key, order.value(), order.identity(), order.appendedAt());
  }

  private static void repeat(AlteredHistory history) {
    int at = history.acknowledged();
    LedgerEntry entry = history.ledger.get(at);
    int order = history.order(entry);
    OrderSeen other = history.orders().get(order == 0 ? 1 : 0);
    history.ledger.remove(at);
    change(history, order, other.id(), history.orders().get(order).value());
  }

  private static void change(AlteredHistory history, int at, String id, long value) {
    OrderSeen order = history.orders().get(at);
    history
        .orders()
        .set(
            at,
            new OrderSeen(
                order.offset(),
                id,
                order.dish(),
                order.key(),
                value,
                order.identity(),
                order.appendedAt()));
  }
}
