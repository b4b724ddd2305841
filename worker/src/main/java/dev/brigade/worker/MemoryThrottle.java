package dev.brigade.worker;

import java.time.Duration;

/**
 * Slows a partition down whose slow order has so much done past it that the commit metadata could
 * not tell it all: first for a share of the time that grows as the metadata fills, and at last
 * until orders end. What counts is how full it may become when the open orders end in the worst
 * order, so that whatever they do, all of it is remembered. Confined to the poll thread.
 */
final class MemoryThrottle {
  /** How full the metadata may become before the partition is slowed. */
  static final double SLOWED_FROM = 0.75;

  /** What is left takes what one more poll brings. */
  static final double STOPPED_FROM = 0.9;

  static final long SLICE_NANOS = Duration.ofMillis(100).toNanos();

  private final MetadataCapacity capacity;

  MemoryThrottle(MetadataCapacity capacity) {
    this.capacity = capacity;
  }

  /**
   * Whether nothing more of this partition is to be read for now. Never while only what is read
   * brings the watermark on, and never before all that is remembered was passed: what is read until
   * then fills gaps.
   */
  boolean holdsBack(OffsetTracker tracker, long nowNanos) {
    int chars = capacity.doneSetChars();
    if (chars == 0 || tracker.open() == 0 || tracker.window() < tracker.reach()) {
      return false;
    }
    double fullness = (double) DoneSet.charsAtMost(tracker) / chars;
    double heldShare = (fullness - SLOWED_FROM) / (STOPPED_FROM - SLOWED_FROM);
    return Math.floorMod(nowNanos, SLICE_NANOS) < heldShare * SLICE_NANOS;
  }
}
