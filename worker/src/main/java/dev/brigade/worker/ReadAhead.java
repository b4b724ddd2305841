package dev.brigade.worker;

import java.util.function.IntSupplier;

/**
 * Whether so many orders wait for a chef that none need be read for now. What lies in the log costs
 * nothing; what is read and waits is memory that grows old: the collector copies it and the
 * processors' caches have lost it by the time it is cooked, which costs quick orders a tenth of
 * their speed. Orders that wait behind another one of their key do not count, however many they
 * are. Confined to the poll thread.
 */
final class ReadAhead {
  /** Enough for 10 ms of orders that cost nothing: the poll thread is back within 5. */
  static final int LEAST = 2_000;

  private final int most;
  private final IntSupplier ready;
  private boolean enough;

  /**
   * @param ready how many orders wait for a chef
   */
  ReadAhead(int chefs, IntSupplier ready) {
    this.most = Math.max(LEAST, 2 * chefs);
    this.ready = ready;
  }

  /** From when there are that many until there are half as many. */
  boolean isEnough() {
    enough = ready.getAsInt() >= (enough ? most / 2 : most);
    return enough;
  }
}
