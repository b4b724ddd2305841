package dev.brigade.worker;

import java.util.BitSet;
import java.util.Random;

/** Trackers in a given state, and what they hold. */
final class Trackers {
  private Trackers() {}

  static OffsetTracker with(long watermark, BitSet done) {
    OffsetTracker tracker = new OffsetTracker();
    tracker.begin(watermark, done);
    return tracker;
  }

  /** What is done; bit 0 stands for the watermark. */
  static BitSet doneOf(OffsetTracker tracker) {
    BitSet done = new BitSet();
    for (int i = 0; i < tracker.reach(); i++) {
      done.set(i, tracker.done().get(tracker.watermark() + i));
    }
    return done;
  }

  /** Runs and gaps of lengths up to random bounds, so of all kinds; bit 0 is clear. */
  static BitSet randomSet(Random random, int reach) {
    BitSet done = new BitSet();
    int longestGap = 1 + random.nextInt(1 << random.nextInt(14));
    int longestRun = 1 + random.nextInt(1 << random.nextInt(14));
    for (int at = 1 + random.nextInt(longestGap); at < reach; ) {
      int end = Math.min(reach, at + 1 + random.nextInt(longestRun));
      done.set(at, end);
      at = end + 1 + random.nextInt(longestGap);
    }
    return done;
  }

  /** As if all of it were foretold in the log. */
  static void open(Assignment assignment) {
    assignment.committedHolding = new Holding(false, 0, Long.MAX_VALUE);
    assignment.isOpen = true;
  }
}
