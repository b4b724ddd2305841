package dev.brigade.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One partition's orders with their ends beside them. Orders are numbered from 0 in log order; ends
 * that name none of them are strays. Read-only once made.
 */
final class PartitionEvidence {
  private final int partition;
  private final List<OrderSeen> orders;
  private final Ends meals;
  private final Ends deadLetters;

  /** The ends of one topic. */
  static final class Ends {
    private final int[] counts;
    private final long[] firstOffsets;
    private final long[] firstTimes;
    final List<EndSeen> all;
    final List<EndSeen> firsts = new ArrayList<>();
    final List<EndSeen> strays = new ArrayList<>();

    Ends(int orders, List<EndSeen> all) {
      this.counts = new int[orders];
      this.firstOffsets = new long[orders];
      this.firstTimes = new long[orders];
      this.all = all;
    }

    private void add(int order, EndSeen end) {
      if (order < 0) {
        strays.add(end);
      } else if (counts[order]++ == 0) {
        firstOffsets[order] = end.offset();
        firstTimes[order] = end.appendedAt();
        firsts.add(end);
      }
    }

    /** How many ends the order has here. */
    int count(int order) {
      return counts[order];
    }

    /** Whether its first end lies before this offset of the topic. */
    boolean isBefore(int order, long end) {
      return counts[order] > 0 && firstOffsets[order] < end;
    }

    /** Append time of its first end; only of an order that has one. */
    long firstTime(int order) {
      return firstTimes[order];
    }
  }

  /**
   * Whether this end was there before the other topic had one of the same order; a meal is where
   * both were appended in the same millisecond.
   *
   * @param end its topic's first of that order
   */
  boolean isFirst(EndSeen end, Ends others) {
    int order = number(end.orderOffset());
    return others.count(order) == 0
        || end.appendedAt() < others.firstTime(order)
        || end.appendedAt() == others.firstTime(order) && others == deadLetters;
  }

  PartitionEvidence(
      int partition, List<OrderSeen> orders, List<EndSeen> meals, List<EndSeen> deadLetters) {
    this.partition = partition;
    this.orders = orders;
    this.meals = new Ends(orders.size(), meals);
    this.deadLetters = new Ends(orders.size(), deadLetters);
    meals.forEach(meal -> this.meals.add(number(meal.orderOffset()), meal));
    deadLetters.forEach(letter -> this.deadLetters.add(number(letter.orderOffset()), letter));
  }

  int partition() {
    return partition;
  }

  List<OrderSeen> orders() {
    return orders;
  }

  Ends meals() {
    return meals;
  }

  Ends deadLetters() {
    return deadLetters;
  }

  /** The number of the order at this offset; negative if there is none. */
  int number(long offset) {
    int at = firstFrom(offset);
    return at < orders.size() && orders.get(at).offset() == offset ? at : -1;
  }

  /** The number of the first order at this offset or behind it. */
  int firstFrom(long offset) {
    int low = 0;
    int high = orders.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (orders.get(middle).offset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Nullable OrderSeen order(long offset) {
    int number = number(offset);
    return number < 0 ? null : orders.get(number);
  }

  int ends(int order) {
    return meals.count(order) + deadLetters.count(order);
  }

  String place(int order) {
    return place(orders.get(order).offset());
  }

  String place(long offset) {
    return partition + "/" + offset;
  }
}
