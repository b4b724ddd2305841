package dev.brigade.worker;

import java.util.BitSet;

/**
 * Which offsets of one partition are done, and with that the watermark: every offset below it is
 * done. Offsets that carry no order (control records, aborted transactions) count as done.
 *
 * <p>A ring of bits over {@code [watermark, end)}: no allocation per order, completing costs O(1)
 * amortised. Memory is one bit per offset of the widest window so far. Confined to the poll thread.
 */
final class OffsetTracker {
  static final long UNKNOWN = -1;
  private static final int INITIAL_WORDS = 16;

  private long[] done = new long[INITIAL_WORDS];
  private long watermark = UNKNOWN;
  private long end = UNKNOWN;
  private int open;

  /** Done before this tracker began, by offset from {@link #rememberedFrom}; read or not. */
  private BitSet remembered = new BitSet();

  private long rememberedFrom;

  /**
   * Begins where an earlier holder of the partition committed.
   *
   * @param committed the committed offset
   * @param doneFromThere what was done past it; bit 0 stands for the offset itself
   */
  void begin(long committed, BitSet doneFromThere) {
    watermark = committed;
    end = committed;
    rememberedFrom = committed;
    remembered = doneFromThere;
  }

  /**
   * Notes an order that was read. Offsets between the last one and this one carry no order.
   *
   * @return false if it is remembered as done, and is to be passed over
   * @throws IllegalArgumentException if the offset was passed already
   */
  boolean register(long offset) {
    if (open == 0 && offset >= end) {
      watermark = offset;
    } else if (offset < end) {
      throw new IllegalArgumentException("offset " + offset + " comes after " + (end - 1));
    }
    reserve(offset + 1 - watermark);
    for (long gap = Math.max(end, watermark); gap < offset; gap++) {
      set(gap);
    }
    end = offset + 1;
    if (isRemembered(offset)) {
      set(offset);
      advance();
      return false;
    }
    open++;
    return true;
  }

  /**
   * Notes that an order has its end in the log.
   *
   * @throws IllegalStateException if this offset is not open
   */
  void complete(long offset) {
    if (offset < watermark || offset >= end || isSet(offset)) {
      throw new IllegalStateException("offset " + offset + " is not open");
    }
    set(offset);
    open--;
    advance();
  }

  private void advance() {
    while (watermark < end && isSet(watermark)) {
      clear(watermark);
      watermark++;
    }
  }

  /**
   * With nothing open, everything before the consumer's position is done: trailing control records
   * have no record after them that would show it.
   */
  void advanceTo(long position) {
    if (open == 0 && position > watermark) {
      watermark = position;
      end = Math.max(end, position);
    }
  }

  /** Whether anything at or past the watermark is done. */
  boolean hasDonePastWatermark() {
    return end - watermark > open || remembered.length() > Math.max(0, end - rememberedFrom);
  }

  /**
   * What is done from the watermark on, read or remembered.
   *
   * @param limit how many offsets to look at
   * @return bit 0 stands for the watermark itself
   */
  BitSet donePastWatermark(int limit) {
    BitSet found = new BitSet();
    for (int i = 0; i < limit; i++) {
      long offset = watermark + i;
      if (offset < end ? isSet(offset) : isRemembered(offset)) {
        found.set(i);
      } else if (offset >= end && offset - rememberedFrom >= remembered.length()) {
        break;
      }
    }
    return found;
  }

  private boolean isRemembered(long offset) {
    long index = offset - rememberedFrom;
    return index >= 0 && index < remembered.length() && remembered.get((int) index);
  }

  /** Every offset below is done; {@link #UNKNOWN} before the first one was seen. */
  long watermark() {
    return watermark;
  }

  /** The offset after the last order read; {@link #UNKNOWN} before the first one was seen. */
  long end() {
    return end;
  }

  /** How many offsets lie between the watermark and the last order read. */
  long window() {
    return end - watermark;
  }

  private void reserve(long offsets) {
    if (offsets > (long) done.length * Long.SIZE) {
      int words = done.length;
      while ((long) words * Long.SIZE < offsets) {
        words = Math.multiplyExact(words, 2);
      }
      long[] old = done;
      done = new long[words];
      for (long offset = watermark; offset < end; offset++) {
        if ((old[word(offset, old.length)] >>> offset & 1) != 0) {
          set(offset);
        }
      }
    }
  }

  private boolean isSet(long offset) {
    return (done[word(offset, done.length)] >>> offset & 1) != 0;
  }

  private void set(long offset) {
    done[word(offset, done.length)] |= 1L << offset;
  }

  private void clear(long offset) {
    done[word(offset, done.length)] &= ~(1L << offset);
  }

  /** The ring's length is a power of two, so the offset's low bits are its place. */
  private static int word(long offset, int words) {
    return (int) (offset >>> 6) & (words - 1);
  }
}
