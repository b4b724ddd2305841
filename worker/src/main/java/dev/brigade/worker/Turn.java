package dev.brigade.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The orders that a chef took at once, cooks one after another and hands over together. Others can
 * take over what waits behind an order that takes unexpectedly long. Thread-safe, apart from what
 * {@link KeyQueues} guards.
 */
final class Turn {
  final int chef;

  // Guarded by KeyQueues.
  /** Where the chef waits for orders. */
  final Condition called;

  boolean isCalled;

  // Guarded by this.
  private final OpenOrder[] orders = new OpenOrder[Pace.LONGEST_TURN];
  private int taken;
  private int begun;
  private List<OpenOrder> ended = new ArrayList<>(Pace.LONGEST_TURN);
  private List<OpenOrder> spare = new ArrayList<>(Pace.LONGEST_TURN);

  // Confined to the chef's thread.
  private int cookedOrders;
  private long cookedNanos;
  private int leftOpen;

  Turn(int chef, Condition called) {
    this.chef = chef;
    this.called = called;
  }

  synchronized void add(OpenOrder order) {
    orders[taken++] = order;
  }

  /** The next order to cook; null when none is left. */
  synchronized @Nullable OpenOrder next() {
    return begun < taken ? orders[begun++] : null;
  }

  /** An order of this turn left the chef for good: it has its end, or is not to get one here. */
  synchronized void ended(OpenOrder order) {
    ended.add(order);
  }

  void cooked(long nanos) {
    cookedOrders++;
    cookedNanos += Math.min(nanos, Pace.SLOW_NANOS);
  }

  /** An order of this turn goes on without the chef. */
  void leftOpen() {
    leftOpen++;
  }

  /**
   * What ended since the last call, for the chef.
   *
   * @return reused at the next call; to be left empty
   */
  synchronized List<OpenOrder> takeEnded() {
    List<OpenOrder> taking = ended;
    ended = spare;
    spare = taking;
    return taking;
  }

  /** What ended since the last call, for another thread. */
  synchronized List<OpenOrder> takeEndedAway() {
    List<OpenOrder> taking = List.copyOf(ended);
    ended.clear();
    return taking;
  }

  /** Takes away what is not begun. */
  synchronized List<OpenOrder> takeRest() {
    List<OpenOrder> rest = List.of(Arrays.copyOfRange(orders, begun, taken));
    taken = begun;
    return rest;
  }

  /**
   * Makes room for the next orders and tells what these took.
   *
   * @return how many of them were left open
   */
  int finish(Pace pace) {
    if (cookedOrders > 0) {
      pace.cooked(cookedOrders, cookedNanos);
      cookedOrders = 0;
      cookedNanos = 0;
    }
    clear();
    int open = leftOpen;
    leftOpen = 0;
    return open;
  }

  private synchronized void clear() {
    Arrays.fill(orders, 0, taken, null);
    taken = 0;
    begun = 0;
  }
}
