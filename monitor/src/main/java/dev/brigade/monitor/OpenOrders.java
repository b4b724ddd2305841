package dev.brigade.monitor;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many orders of one partition are open, how old the oldest is and how many are overdue, per
 * dish. An index over the store of open orders that is rebuilt from it at start: what ended is
 * dropped from the index late, when it comes to the front or when more than half of it has ended,
 * so that opening and closing an order take constant time. Not thread-safe.
 */
final class OpenOrders {
  private static final int SLACK = 1024;

  private final LongFunction<OrderState.@Nullable Open> lookup;
  private final Map<String, Dish> dishes = new HashMap<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
  private long notYetOverdue;
  private long overdueUntil = Long.MIN_VALUE;

  private record Due(long at, long offset) {}

  private static final class Dish {
    final OffsetQueue queue = new OffsetQueue();
    long open;
    long overdue;
  }

  /**
   * @param lookup the open order at an offset, null if none is open there
   */
  OpenOrders(LongFunction<OrderState.@Nullable Open> lookup) {
    this.lookup = lookup;
  }

  /** Call it in ascending order of offsets, after the order is in the store. */
  void opened(long offset, OrderState.Open order) {
    Dish dish = dishes.computeIfAbsent(order.dish(), name -> new Dish());
    dish.open++;
    dish.queue.add(offset);
    if (order.deadline() <= overdueUntil) {
      dish.overdue++;
    } else if (order.deadline() != OrderState.NO_DEADLINE) {
      notYetOverdue++;
      due.add(new Due(order.deadline(), offset));
    }
  }

  /** Call it after the order is no longer open in the store. */
  void closed(OrderState.Open order) {
    Dish dish = dishes.get(order.dish());
    if (dish == null) {
      throw new IllegalStateException("an order was closed that never was opened");
    }
    dish.open--;
    if (order.deadline() <= overdueUntil) {
      dish.overdue--;
    } else if (order.deadline() != OrderState.NO_DEADLINE) {
      notYetOverdue--;
      if (due.size() > 2 * notYetOverdue + SLACK) {
        due.removeIf(entry -> lookup.apply(entry.offset()) == null);
      }
    }
    if (dish.open == 0) {
      dishes.remove(order.dish());
    } else if (dish.queue.size() > 2 * dish.open + SLACK) {
      dish.queue.keepOnly(this::isOpen);
    }
  }

  /** Per dish, as of the given time; dishes without an open order are left out. */
  Map<String, OpenStats> stats(long now) {
    becomeOverdue(now);
    Map<String, OpenStats> stats = new TreeMap<>();
    dishes.forEach(
        (name, dish) -> {
          OrderState.Open oldest = lookup.apply(dish.queue.firstThat(this::isOpen));
          long since = oldest == null ? now : oldest.appendedAt();
          stats.put(name, new OpenStats(dish.open, since, dish.overdue));
        });
    return stats;
  }

  private void becomeOverdue(long now) {
    overdueUntil = Math.max(overdueUntil, now);
    for (Due next = due.peek(); next != null && next.at() <= overdueUntil; next = due.peek()) {
      due.remove();
      OrderState.Open order = lookup.apply(next.offset());
      Dish dish = order == null ? null : dishes.get(order.dish());
      if (dish != null) {
        dish.overdue++;
        notYetOverdue--;
      }
    }
  }

  private boolean isOpen(long offset) {
    return lookup.apply(offset) != null;
  }
}
