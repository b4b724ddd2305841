package dev.brigade.kitchen;

import java.util.BitSet;

/**
 * How many orders of one partition have no end yet, as far as this reader has read. Orders before
 * the first offset are not looked at. Not thread-safe.
 */
final class PartitionBacklog {
  private final long firstOffset;
  private final BitSet ended = new BitSet();
  private long ends;
  private long endOffset;

  PartitionBacklog(long firstOffset) {
    this.firstOffset = firstOffset;
    this.endOffset = firstOffset;
  }

  /** The offset the next order will get. */
  void ordersUpTo(long offset) {
    endOffset = Math.max(endOffset, offset);
  }

  void ended(long offset) {
    long at = offset - firstOffset;
    if (at >= 0 && at <= Integer.MAX_VALUE && !ended.get((int) at)) {
      ended.set((int) at);
      ends++;
    }
  }

  long orders() {
    return endOffset - firstOffset;
  }

  long ends() {
    return ends;
  }

  /** Ends may be read before the orders' end offset is asked for again. */
  long waiting() {
    return Math.max(0, orders() - ends);
  }
}
