package dev.brigade.monitor;

import java.util.function.LongPredicate;

/** Offsets in the order they came, eight bytes each, in a ring that grows. Not thread-safe. */
final class OffsetQueue {
  private long[] ring = new long[16];
  private int head;
  private int size;

  void add(long offset) {
    if (size == ring.length) {
      long[] larger = new long[size * 2];
      for (int i = 0; i < size; i++) {
        larger[i] = ring[(head + i) & (ring.length - 1)];
      }
      ring = larger;
      head = 0;
    }
    ring[(head + size) & (ring.length - 1)] = offset;
    size++;
  }

  int size() {
    return size;
  }

  /** The first offset that is still wanted, after throwing away those before it; -1 if none is. */
  long firstThat(LongPredicate wanted) {
    while (size > 0) {
      long offset = ring[head];
      if (wanted.test(offset)) {
        return offset;
      }
      head = (head + 1) & (ring.length - 1);
      size--;
    }
    return -1;
  }

  /** Throws away what is not wanted any more wherever it stands; keeps the order of the rest. */
  void keepOnly(LongPredicate wanted) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      long offset = ring[(head + i) & (ring.length - 1)];
      if (wanted.test(offset)) {
        ring[(head + kept) & (ring.length - 1)] = offset;
        kept++;
      }
    }
    size = kept;
  }
}
