package dev.brigade.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done past a watermark, as it travels in the commit metadata: whoever takes the partition
 * over does not cook it again. The text is a version, the coding, a CRC-32C over watermark and
 * text, and then the smaller one of {@link BitmapCoding} and {@link RunCoding}, all of it packed 15
 * bits to a character.
 *
 * <p>What does not fit is cut off at the far end and may be cooked again. Text that is foreign,
 * damaged, of another version or of another offset counts as nothing done.
 */
final class DoneSet {
  /** Offsets past the watermark, further than any window: what claims more is not believed. */
  static final long MAX_REACH = 1 << 22;

  private static final Logger LOG = LoggerFactory.getLogger(DoneSet.class);

  private static final int VERSION = 1;
  private static final int VERSION_BITS = 12;
  private static final int BITMAP = 0;
  private static final int RUNS = 1;
  private static final int CODING_BITS = 1;
  private static final int CHECKSUM_BITS = Integer.SIZE;

  /** The three of them fill whole characters. */
  private static final int HEAD_CHARS =
      (VERSION_BITS + CODING_BITS + CHECKSUM_BITS) / PackedWriter.BITS_PER_CHAR;

  private DoneSet() {}

  /** How long the text is that tells all of what is done, in characters. */
  static long chars(OffsetTracker tracker) {
    return chars(tracker.runs(), tracker.reach());
  }

  /**
   * How long the text may become if nothing more is read, in whatever order the open orders end. An
   * order in the middle of open ones begins a run of its own when it ends, so two open orders make
   * at most one run more.
   */
  static long charsAtMost(OffsetTracker tracker) {
    return chars(tracker.runs() + tracker.open() / 2, Math.max(tracker.reach(), tracker.window()));
  }

  private static long chars(int runs, long reach) {
    return runs == 0 ? 0 : chars(Math.min(BitmapCoding.bits(reach), RunCoding.bits(runs, reach)));
  }

  private static long chars(long bits) {
    return HEAD_CHARS + (bits + PackedWriter.BITS_PER_CHAR - 1) / PackedWriter.BITS_PER_CHAR;
  }

  /**
   * As much of what is done as fits.
   *
   * @param capacity in characters; with less than the head takes, nothing fits
   */
  static String encode(OffsetTracker tracker, int capacity) {
    return tracker.runs() == 0 ? "" : encode(tracker, capacity, false);
  }

  /** The same, but exactly as long as the capacity, even if nothing is done. */
  static String encodePadded(OffsetTracker tracker, int capacity) {
    return encode(tracker, capacity, true);
  }

  private static String encode(OffsetTracker tracker, int capacity, boolean padded) {
    long bits = (long) (capacity - HEAD_CHARS) * PackedWriter.BITS_PER_CHAR;
    if (bits <= 0) {
      return "";
    }
    long reach = Math.min(tracker.reach(), MAX_REACH);
    long bitmapReach = Math.min(reach, BitmapCoding.reach(bits));
    RunCoding.Extent runs = RunCoding.fit(tracker, reach, bits);
    long bitmapBits = BitmapCoding.bits(bitmapReach);
    long runBits = RunCoding.bits(runs.runs(), runs.reach());
    boolean asRuns =
        runs.reach() == bitmapReach ? runBits < bitmapBits : runs.reach() > bitmapReach;
    int chars = padded ? capacity : (int) chars(asRuns ? runBits : bitmapBits);
    PackedWriter body = new PackedWriter(chars - HEAD_CHARS);
    if (asRuns) {
      RunCoding.write(tracker, runs, body);
    } else {
      BitmapCoding.write(tracker, bitmapReach, body);
    }
    int coding = asRuns ? RUNS : BITMAP;
    PackedWriter head = new PackedWriter(HEAD_CHARS);
    head.write(VERSION, VERSION_BITS);
    head.write(coding, CODING_BITS);
    head.write(checksum(tracker.watermark(), coding, body.end()), CHECKSUM_BITS);
    return head.toString().concat(body.toString());
  }

  /** The inverse of {@link #encode}; empty if the text is not from there. */
  static BitSet decode(long watermark, String metadata) {
    if (metadata.isEmpty()) {
      return new BitSet();
    }
    try {
      PackedReader text = new PackedReader(metadata);
      long version = text.read(VERSION_BITS);
      if (version != VERSION) {
        throw new IllegalArgumentException("version " + version + " is unknown");
      }
      long coding = text.read(CODING_BITS);
      long checksum = text.read(CHECKSUM_BITS);
      byte[] body = metadata.substring(HEAD_CHARS).getBytes(StandardCharsets.UTF_16BE);
      if (checksum != checksum(watermark, coding, body)) {
        throw new IllegalArgumentException("the checksum is another one");
      }
      return coding == RUNS ? RunCoding.read(text, MAX_REACH) : BitmapCoding.read(text);
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "the commit metadata at offset {} is foreign, damaged or of another version ({}): going"
              + " on from the plain offset, some orders may be cooked again",
          watermark,
          e.getMessage());
      return new BitSet();
    }
  }

  private static long checksum(long watermark, long coding, byte[] body) {
    CRC32C checksum = new CRC32C();
    checksum.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(watermark).putLong(coding).flip());
    checksum.update(body);
    return checksum.getValue();
  }
}
