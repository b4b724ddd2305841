package dev.brigade.worker;

import java.util.BitSet;

/**
 * Which offsets of one partition are done, and with that the watermark: every offset below it is
 * done. Offsets that carry no order (control records, aborted transactions) count as done, and so
 * does what an earlier holder of the partition did, read or not.
 *
 * <p>Nothing is allocated per order; registering and completing cost O(1) amortised. Memory is one
 * bit per offset of the widest window so far. How many runs of done offsets there are is counted
 * along, so that the size of the {@link DoneSet} is known at any time. Thread-safe; what has to be
 * consistent is asked under its monitor.
 */
final class OffsetTracker {
  static final long UNKNOWN = -1;

  /** Done, for the offsets from the watermark to the reach. */
  private final OffsetRing done = new OffsetRing();

  private long watermark = UNKNOWN;
  private long position = UNKNOWN;
  private long reach = UNKNOWN;
  private int runs;
  private int open;
  private long revision;

  /**
   * Begins where an earlier holder of the partition committed.
   *
   * @param committed the committed offset
   * @param doneFromThere what was done past it; bit 0 stands for the offset itself
   */
  synchronized void begin(long committed, BitSet doneFromThere) {
    watermark = committed;
    position = committed;
    reach = committed;
    done.reserve(committed, committed, committed + doneFromThere.length());
    doneFromThere.stream().forEach(bit -> add(committed + bit));
    absorb();
  }

  /**
   * Notes an order that was read. Offsets between the last one and this one carry no order.
   *
   * @return false if it was done before, and is to be passed over
   * @throws IllegalArgumentException if the offset was passed already
   */
  synchronized boolean register(long offset) {
    if (offset < position) {
      throw new IllegalArgumentException("offset " + offset + " comes after " + (position - 1));
    }
    passOver(offset);
    position = offset + 1;
    if (offset < watermark || isDone(offset)) {
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
  synchronized void complete(long offset) {
    if (offset < watermark || offset >= position || isDone(offset)) {
      throw new IllegalStateException("offset " + offset + " is not open");
    }
    open--;
    revision++;
    if (offset == watermark) {
      moveTo(offset + 1);
    } else {
      done.reserve(watermark, reach, offset + 1);
      add(offset);
    }
  }

  /**
   * With nothing open, everything before the consumer's position is done: trailing control records
   * have no record after them that would show it.
   */
  synchronized void advanceTo(long consumed) {
    if (open == 0) {
      passOver(consumed);
      position = Math.max(position, consumed);
    }
  }

  /** What lies between the last order read and this offset is done, for it carries no order. */
  private void passOver(long offset) {
    if (open == 0) {
      if (offset > watermark) {
        revision++;
        moveTo(offset);
      }
    } else if (offset > position) {
      revision++;
      done.reserve(watermark, reach, Math.max(reach, offset));
      for (long gap = position; gap < offset; gap++) {
        if (!isDone(gap)) {
          add(gap);
        }
      }
    }
  }

  /** Everything below the offset is done. */
  private void moveTo(long offset) {
    long passed = Math.min(offset, reach);
    long run = done.nextSet(watermark, passed);
    while (run < passed) {
      long runEnd = done.nextClear(run, reach);
      if (runEnd > passed) {
        break;
      }
      runs--;
      run = done.nextSet(runEnd, passed);
    }
    done.clear(watermark, passed);
    watermark = offset;
    reach = Math.max(reach, offset);
    absorb();
  }

  /** Moves the watermark over what is done from there on. */
  private void absorb() {
    if (runs > 0 && done.get(watermark)) {
      long to = done.nextClear(watermark, reach);
      done.clear(watermark, to);
      watermark = to;
      runs--;
    }
  }

  /** Counts runs along: an offset between two runs joins them, one beside none begins its own. */
  private void add(long offset) {
    boolean joinsLeft = offset > watermark && offset - 1 < reach && done.get(offset - 1);
    boolean joinsRight = offset + 1 < reach && done.get(offset + 1);
    runs += 1 - (joinsLeft ? 1 : 0) - (joinsRight ? 1 : 0);
    done.set(offset);
    reach = Math.max(reach, offset + 1);
  }

  private boolean isDone(long offset) {
    return offset < reach && done.get(offset);
  }

  /** Every offset below is done; {@link #UNKNOWN} before the first one was seen. */
  synchronized long watermark() {
    return watermark;
  }

  /**
   * The offset after the last one that was read; {@link #UNKNOWN} before the first one was seen.
   */
  synchronized long end() {
    return position;
  }

  /** How many offsets lie between the watermark and the last order read. */
  synchronized long window() {
    return Math.max(0, position - watermark);
  }

  /** How many orders were read and are not done. */
  synchronized int open() {
    return open;
  }

  /** How many offsets lie between the watermark and the end of what is done past it. */
  synchronized long reach() {
    return reach - watermark;
  }

  /** In how many runs what is done past the watermark lies. */
  synchronized int runs() {
    return runs;
  }

  /** Changes with every change of the watermark or of what is done past it. */
  synchronized long revision() {
    return revision;
  }

  /** What is done past the watermark, by offset; only offsets from there to the reach are asked. */
  synchronized OffsetRing done() {
    return done;
  }
}
