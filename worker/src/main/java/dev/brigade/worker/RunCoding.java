package dev.brigade.worker;

import java.util.BitSet;

/**
 * What is done past a watermark, as the boundaries of its runs in the coding of Elias and Fano: of
 * each boundary the low bits as they are, the rest as the difference to the one before in unary. As
 * the differences add up to the last boundary, the size follows from the number of runs and the
 * reach alone.
 */
final class RunCoding {
  private static final int COUNT_BITS = 15;
  private static final int WIDTH_BITS = 5;
  private static final int MAX_RUNS = (1 << COUNT_BITS) - 1;

  /** So many runs, the last of which ends that far from the watermark. */
  record Extent(int runs, long reach) {
    static final Extent NOTHING = new Extent(0, 0);
  }

  private RunCoding() {}

  /** How many bits this many runs take; never fewer for more runs or a longer reach. */
  static long bits(int runs, long reach) {
    if (runs > MAX_RUNS) {
      return Long.MAX_VALUE;
    }
    long boundaries = 2L * runs;
    int width = width(runs, reach);
    return COUNT_BITS + WIDTH_BITS + boundaries * (width + 1) + (reach >>> width);
  }

  /** One low bit more costs one bit per boundary and saves half of the unary part. */
  private static int width(int runs, long reach) {
    int width = 0;
    while (reach >>> width > 4L * runs) {
      width++;
    }
    return width;
  }

  /**
   * How much of what is done takes no more than this many bits.
   *
   * @param reach how far to look
   */
  static Extent fit(OffsetTracker tracker, long reach, long bits) {
    long watermark = tracker.watermark();
    long to = watermark + reach;
    Extent fit = Extent.NOTHING;
    long start = tracker.done().nextSet(watermark, to);
    while (start < to) {
      long end = tracker.done().nextClear(start, to);
      int runs = fit.runs() + 1;
      if (bits(runs, end - watermark) > bits) {
        return partly(fit, runs, start - watermark, end - watermark, bits);
      }
      fit = new Extent(runs, end - watermark);
      start = tracker.done().nextSet(end, to);
    }
    return fit;
  }

  /** The whole runs, and of the next one as much as fits. */
  private static Extent partly(Extent whole, int runs, long start, long end, long bits) {
    long fits = start;
    long tooFar = end;
    while (tooFar - fits > 1) {
      long middle = (fits + tooFar) >>> 1;
      if (bits(runs, middle) <= bits) {
        fits = middle;
      } else {
        tooFar = middle;
      }
    }
    return fits > start ? new Extent(runs, fits) : whole;
  }

  static void write(OffsetTracker tracker, Extent extent, PackedWriter text) {
    int width = width(extent.runs(), extent.reach());
    text.write(extent.runs(), COUNT_BITS);
    text.write(width, WIDTH_BITS);
    long watermark = tracker.watermark();
    long to = watermark + extent.reach();
    long high = 0;
    for (long start = watermark; start < to; ) {
      start = tracker.done().nextSet(start, to);
      high = writeBoundary(start - watermark, width, high, text);
      start = tracker.done().nextClear(start, to);
      high = writeBoundary(start - watermark, width, high, text);
    }
  }

  private static long writeBoundary(long boundary, int width, long last, PackedWriter text) {
    text.writeUnary((boundary >>> width) - last);
    text.write(boundary, width);
    return boundary >>> width;
  }

  /**
   * @throws IllegalArgumentException if this was not written here
   */
  static BitSet read(PackedReader text, long maxReach) {
    BitSet done = new BitSet();
    long runs = text.read(COUNT_BITS);
    int width = (int) text.read(WIDTH_BITS);
    long high = 0;
    long last = 0;
    for (long boundary = 0; boundary < 2 * runs; boundary++) {
      high += text.readUnary();
      long at = high << width | text.read(width);
      if (at <= last || at > maxReach) {
        throw new IllegalArgumentException("boundary " + at + " after " + last);
      }
      if ((boundary & 1) != 0) {
        done.set((int) last, (int) at);
      }
      last = at;
    }
    return done;
  }
}
