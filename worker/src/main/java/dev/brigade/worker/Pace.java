package dev.brigade.worker;

/**
 * How chefs take orders, from how long cooking took lately. When it costs next to nothing, waking a
 * chef for each order would cost more than the order: then as many chefs work as there are
 * processors, and each takes many orders at a time. As soon as some orders take longer, every chef
 * takes one at a time. Not thread-safe.
 */
final class Pace {
  /** Orders that one chef takes at once, at most. */
  static final int LONGEST_TURN = 64;

  /** An order that takes longer says no more than that cooking is slow. */
  static final long SLOW_NANOS = 1_000_000;

  private static final long QUICK_BELOW_NANOS = 10_000;
  private static final long SLOW_ABOVE_NANOS = 20_000;

  /** Each order moves the average by this part of the difference. */
  private static final int WEIGHT = 256;

  private final int processors;
  private double averageNanos = SLOW_NANOS;
  private boolean quick;
  private int stuck;

  Pace(int processors) {
    this.processors = processors;
  }

  /**
   * @param nanos how long these orders cooked altogether, each counted as {@link #SLOW_NANOS} at
   *     most
   */
  void cooked(int orders, long nanos) {
    averageNanos += (nanos - orders * averageNanos) / WEIGHT;
    quick = averageNanos < (quick ? SLOW_ABOVE_NANOS : QUICK_BELOW_NANOS);
  }

  /**
   * @param chefs who are cooking one order for so long that others should take their place
   */
  void stuck(int chefs) {
    stuck = chefs;
  }

  /** How many chefs should work at the same time. */
  int workers(int chefs) {
    return quick ? Math.min(chefs, processors + stuck) : chefs;
  }

  /**
   * @param ready how many orders wait to be cooked
   * @return how many of them one chef should take, at least 1
   */
  int turn(int ready) {
    return quick ? Math.max(1, Math.min(LONGEST_TURN, ready / processors)) : 1;
  }
}
