package dev.brigade.worker;

import java.util.BitSet;

/** What is done past a watermark, one bit per offset; the watermark itself never is. */
final class BitmapCoding {
  private BitmapCoding() {}

  /** How many bits it takes to tell of this many offsets from the watermark on. */
  static long bits(long reach) {
    return Math.max(0, reach - 1);
  }

  /** How far from the watermark this many bits reach. */
  static long reach(long bits) {
    return bits + 1;
  }

  static void write(OffsetTracker tracker, long reach, PackedWriter text) {
    long to = tracker.watermark() + reach;
    for (long at = tracker.watermark() + 1; at < to; at += PackedWriter.BITS_PER_CHAR) {
      int count = (int) Math.min(PackedWriter.BITS_PER_CHAR, to - at);
      text.write(tracker.done().bits(at, count), PackedWriter.BITS_PER_CHAR);
    }
  }

  static BitSet read(PackedReader text) {
    BitSet done = new BitSet();
    for (int at = 1; !text.isAtEnd(); at += PackedWriter.BITS_PER_CHAR) {
      for (long bits = text.read(PackedWriter.BITS_PER_CHAR); bits != 0; bits &= bits - 1) {
        done.set(at + Long.numberOfTrailingZeros(bits));
      }
    }
    return done;
  }
}
