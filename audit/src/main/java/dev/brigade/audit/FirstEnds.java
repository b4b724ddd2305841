package dev.brigade.audit;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which orders have an end already, a bit for each. Not thread-safe. */
final class FirstEnds {
  private final Map<Integer, BitSet> ended = new HashMap<>();

  /** Whether no end of this order was noted before. */
  boolean note(int partition, long orderOffset) {
    if (orderOffset < 0 || orderOffset > Integer.MAX_VALUE) {
      return false;
    }
    BitSet offsets = ended.computeIfAbsent(partition, none -> new BitSet());
    boolean first = !offsets.get((int) orderOffset);
    offsets.set((int) orderOffset);
    return first;
  }
}
