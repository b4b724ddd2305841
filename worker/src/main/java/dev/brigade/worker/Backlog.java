package dev.brigade.worker;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What chefs are to do next: tries that have ended without a chef, and orders that are ready to be
 * cooked, which are the first of their keys. The others wait behind these. Every call costs O(1)
 * for each order. Guarded by the lock of {@link KeyQueues}.
 */
final class Backlog {
  private final KeyTable keys = new KeyTable();
  private final ArrayDeque<OpenOrder> ready = new ArrayDeque<>();
  private final ArrayDeque<OpenOrder> endedTries = new ArrayDeque<>();

  /** Orders that were read, in log order. */
  void add(List<OpenOrder> orders) {
    for (OpenOrder order : orders) {
      if (keys.add(order)) {
        ready.add(order);
      }
    }
  }

  /** These left their chefs for good: the next ones of their keys are ready. */
  void ended(Collection<OpenOrder> orders) {
    for (OpenOrder order : orders) {
      makeNextReady(order);
    }
  }

  /** The first of its key is ready for another try. */
  void readyAgain(OpenOrder order) {
    ready.add(order);
  }

  void tryEnded(OpenOrder order) {
    endedTries.add(order);
  }

  /** Takes back what chefs had taken and not begun; it comes next. */
  void takeBack(List<OpenOrder> unbegun) {
    for (int i = unbegun.size() - 1; i >= 0; i--) {
      OpenOrder order = unbegun.get(i);
      if (order.endedTry != null) {
        endedTries.addFirst(order);
      } else {
        order.assignment.settle();
        ready.addFirst(order);
      }
    }
  }

  /** The next try that has ended; null if there is none. */
  @Nullable OpenOrder nextEndedTry() {
    return endedTries.poll();
  }

  /** The next order to cook, null if there is none; those whose partitions left are dropped. */
  @Nullable OpenOrder nextReady() {
    OpenOrder order = ready.poll();
    while (order != null && !order.assignment.isHeld()) {
      makeNextReady(order);
      order = ready.poll();
    }
    return order;
  }

  /** Takes back an order that is another chef's to cook; it comes next. */
  void leaveToAnother(OpenOrder order) {
    ready.addFirst(order);
  }

  /** How many orders wait for a chef. */
  int ready() {
    return ready.size();
  }

  int endedTries() {
    return endedTries.size();
  }

  /** How many keys have open orders. */
  int keys() {
    return keys.keys();
  }

  private void makeNextReady(OpenOrder order) {
    OpenOrder next = keys.remove(order);
    if (next != null) {
      ready.add(next);
    }
  }
}
