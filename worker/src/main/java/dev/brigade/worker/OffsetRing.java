package dev.brigade.worker;

/**
 * One bit for each offset of a window that moves up. An offset's low bits are its place, so moving
 * copies nothing; room doubles when the window outgrows it and is never given back. The caller
 * keeps to its window: bits outside of it are other offsets' bits.
 */
final class OffsetRing {
  private static final int INITIAL_WORDS = 16;

  private long[] words = new long[INITIAL_WORDS];

  boolean get(long offset) {
    return (words[word(offset)] >>> offset & 1) != 0;
  }

  void set(long offset) {
    words[word(offset)] |= 1L << offset;
  }

  /** Clears {@code [from, to)}. */
  void clear(long from, long to) {
    for (long offset = from; offset < to; offset = nextWord(offset)) {
      long last = Math.min(nextWord(offset), to) - 1;
      words[word(offset)] &= ~(-1L << offset & -1L >>> ~last);
    }
  }

  /** The first offset of {@code [from, to)} whose bit is set, or {@code to}. */
  long nextSet(long from, long to) {
    for (long offset = from; offset < to; offset = nextWord(offset)) {
      long rest = words[word(offset)] >>> offset;
      if (rest != 0) {
        return Math.min(to, offset + Long.numberOfTrailingZeros(rest));
      }
    }
    return to;
  }

  /** The first offset of {@code [from, to)} whose bit is clear, or {@code to}. */
  long nextClear(long from, long to) {
    for (long offset = from; offset < to; offset = nextWord(offset)) {
      long rest = ~words[word(offset)] >>> offset;
      if (rest != 0) {
        return Math.min(to, offset + Long.numberOfTrailingZeros(rest));
      }
    }
    return to;
  }

  /**
   * Several bits at once.
   *
   * @param count at most 31
   * @return the lowest bit stands for {@code from}
   */
  int bits(long from, int count) {
    long low = words[word(from)] >>> from;
    long high = words[word(from + Long.SIZE - 1)] << 1 << ~from;
    return (int) (low | high) & (1 << count) - 1;
  }

  /** Makes room for the window {@code [from, to)}, of which {@code [from, used)} is kept. */
  void reserve(long from, long used, long to) {
    long offsets = to - from;
    if (offsets > (long) words.length * Long.SIZE) {
      OffsetRing larger = new OffsetRing();
      int size = words.length;
      while (offsets > (long) size * Long.SIZE) {
        size = Math.multiplyExact(size, 2);
      }
      larger.words = new long[size];
      for (long at = nextSet(from, used); at < used; at = nextSet(at + 1, used)) {
        larger.set(at);
      }
      words = larger.words;
    }
  }

  private static long nextWord(long offset) {
    return (offset | Long.SIZE - 1) + 1;
  }

  /** The ring's length is a power of two. */
  private int word(long offset) {
    return (int) (offset >>> 6) & (words.length - 1);
  }
}
