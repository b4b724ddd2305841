package dev.brigade.worker;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the commit metadata of a partition tells about whoever holds it, before the {@link DoneSet}:
 * whether it was given back in good order, and otherwise which orders may have been in the hands of
 * the worker that died. The text has a version and a checksum over itself and the watermark, packed
 * 15 bits to a character.
 *
 * @param clean whether no order of the partition is in anybody's hands
 * @param crashes how many holders in a row did not give it back since an order that may have been
 *     in their hands is open
 * @param begunBefore no order from this offset on was in the hands of a holder that died, nor can
 *     be in those of the one that committed this
 */
record Holding(boolean clean, int crashes, long begunBefore) {
  /** How long the text is, in characters. */
  static final int CHARS = 6;

  static final int MAX_CRASHES = (1 << 13) - 1;

  /** Further past the watermark than any holder begins orders. */
  static final long MAX_SPAN = (1L << 30) - 1;

  private static final int VERSION = 2;
  private static final int VERSION_BITS = 12;
  private static final int FLAG_BITS = 3;
  private static final int SPAN_BITS = 30;
  private static final int CRASH_BITS = 13;
  private static final int CHECKSUM_BITS = Integer.SIZE;

  /** Of a partition that nobody has held, or whose metadata is lost. */
  static Holding nobodys(long watermark) {
    return new Holding(true, 0, watermark);
  }

  String encode(long watermark) {
    long span = Math.max(0, Math.min(MAX_SPAN, begunBefore - watermark));
    int shownCrashes = Math.min(MAX_CRASHES, crashes);
    PackedWriter text = new PackedWriter(CHARS);
    text.write(VERSION, VERSION_BITS);
    text.write(clean ? 1 : 0, FLAG_BITS);
    text.write(span, SPAN_BITS);
    text.write(shownCrashes, CRASH_BITS);
    text.write(checksum(watermark, clean, span, shownCrashes), CHECKSUM_BITS);
    text.end();
    return text.toString();
  }

  /**
   * The inverse of {@link #encode}.
   *
   * @param metadata all of it; what follows is not looked at
   * @return null if the metadata does not begin so
   */
  static @Nullable Holding decode(long watermark, String metadata) {
    if (metadata.length() < CHARS) {
      return null;
    }
    try {
      PackedReader text = new PackedReader(metadata.substring(0, CHARS));
      long version = text.read(VERSION_BITS);
      long flags = text.read(FLAG_BITS);
      long span = text.read(SPAN_BITS);
      int crashes = (int) text.read(CRASH_BITS);
      long checksum = text.read(CHECKSUM_BITS);
      boolean clean = flags == 1;
      return version == VERSION
              && flags <= 1
              && checksum == checksum(watermark, clean, span, crashes)
          ? new Holding(clean, crashes, watermark + span)
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What of the metadata is the {@link DoneSet}'s. */
  static String doneSet(long watermark, String metadata) {
    return decode(watermark, metadata) == null ? metadata : metadata.substring(CHARS);
  }

  private static long checksum(long watermark, boolean clean, long span, int crashes) {
    CRC32C checksum = new CRC32C();
    checksum.update(
        ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES + 1)
            .putLong(watermark)
            .putLong(span)
            .putInt(crashes)
            .put((byte) (clean ? 1 : 0))
            .flip());
    return checksum.getValue();
  }
}
