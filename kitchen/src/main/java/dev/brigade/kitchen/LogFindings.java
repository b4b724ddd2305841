package dev.brigade.kitchen;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a reading of the log found. Orders are counted by their place in the log; an order's end is
 * a meal or a dead letter of that place.
 *
 * @param orders records on {@code orders}
 * @param ofBatch those of the batch that was asked for
 * @param cooked orders with a meal
 * @param dead orders with a dead letter
 * @param cookedTwice meals beyond an order's first
 * @param deadTwice dead letters beyond an order's first
 * @param open orders with neither
 * @param conflicting orders with both
 * @param unknownEnds ends that name no order of their partition
 * @param mistakenEnds ends whose key or order id is not that of the order they name
 * @param unreadable records on {@code meals} and {@code dead-letters} that are neither
 * @param outOfOrder first ends that stand in their topic behind one of a later order of their key
 * @param overlapping meals of one key that were being cooked at the same time
 * @param completionMicros placedAt to finishedAt of each order's first meal
 * @param examples a few of the above in words, for people
 */
record LogFindings(
    long orders,
    long ofBatch,
    long cooked,
    long dead,
    long cookedTwice,
    long deadTwice,
    long open,
    long conflicting,
    long unknownEnds,
    long mistakenEnds,
    long unreadable,
    long outOfOrder,
    long overlapping,
    Histogram completionMicros,
    List<String> examples) {
  static final int MOST_EXAMPLES = 10;
  private static final int HISTOGRAM_DIGITS = 3;

  static final LogFindings NONE =
      new LogFindings(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, emptyHistogram(), List.of());

  static Histogram emptyHistogram() {
    return new Histogram(HISTOGRAM_DIGITS);
  }

  LogFindings plus(LogFindings other) {
    Histogram both = completionMicros.copy();
    both.add(other.completionMicros);
    List<String> all = new ArrayList<>(examples);
    all.addAll(other.examples);
    return new LogFindings(
        orders + other.orders,
        ofBatch + other.ofBatch,
        cooked + other.cooked,
        dead + other.dead,
        cookedTwice + other.cookedTwice,
        deadTwice + other.deadTwice,
        open + other.open,
        conflicting + other.conflicting,
        unknownEnds + other.unknownEnds,
        mistakenEnds + other.mistakenEnds,
        unreadable + other.unreadable,
        outOfOrder + other.outOfOrder,
        overlapping + other.overlapping,
        both,
        all.subList(0, Math.min(MOST_EXAMPLES, all.size())));
  }

  /**
   * @param acknowledged orders of the batch that a sender was told are in the log
   * @return how many of them are not, or are without an end
   */
  long lost(long acknowledged) {
    return open + Math.max(0, acknowledged - ofBatch);
  }

  long orderViolations() {
    return outOfOrder + overlapping;
  }

  /** Whether every end is the one right end of an order, an extra meal of it aside. */
  boolean endsAreSound() {
    return conflicting + unknownEnds + mistakenEnds + unreadable == 0;
  }
}
