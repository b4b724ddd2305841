package dev.brigade.worker;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.BitSet;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done at and beyond a watermark, as it travels in the commit metadata: whoever takes the
 * partition over does not cook it again. Text form: {@code b1.} and the Base64 of a checksum of
 * watermark and bits, then the bits, the first one for the watermark itself.
 *
 * <p>Brokers take at most 4,096 characters, so it reaches {@value #MAX_OFFSETS} offsets far; what
 * is done beyond that may be cooked again. Text that is foreign or damaged counts as nothing done.
 */
final class DoneSet {
  /** How far beyond the watermark it can tell. */
  static final int MAX_OFFSETS = 24_000;

  private static final Logger LOG = LoggerFactory.getLogger(DoneSet.class);
  private static final String VERSION = "b1.";

  private DoneSet() {}

  /**
   * @param done bit 0 stands for the watermark itself; further than {@link #MAX_OFFSETS} it is not
   *     looked at
   */
  static String encode(long watermark, BitSet done) {
    if (done.isEmpty()) {
      return "";
    }
    byte[] bits = done.get(0, MAX_OFFSETS).toByteArray();
    ByteBuffer packed = ByteBuffer.allocate(Integer.BYTES + bits.length);
    packed.putInt(checksum(watermark, bits)).put(bits);
    return VERSION + Base64.getEncoder().withoutPadding().encodeToString(packed.array());
  }

  /** The inverse of {@link #encode}; empty if the text is not from there. */
  static BitSet decode(long watermark, String metadata) {
    if (metadata.isEmpty()) {
      return new BitSet();
    }
    try {
      if (metadata.startsWith(VERSION)) {
        ByteBuffer packed =
            ByteBuffer.wrap(Base64.getDecoder().decode(metadata.substring(VERSION.length())));
        int checksum = packed.getInt();
        byte[] bits = new byte[packed.remaining()];
        packed.get(bits);
        if (checksum == checksum(watermark, bits)) {
          return BitSet.valueOf(bits);
        }
      }
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      LOG.debug("commit metadata cannot be read", e);
    }
    LOG.warn(
        "the commit metadata at offset {} is foreign or damaged: going on from the plain offset,"
            + " some orders may be cooked again",
        watermark);
    return new BitSet();
  }

  private static int checksum(long watermark, byte[] bits) {
    CRC32C checksum = new CRC32C();
    checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, watermark));
    checksum.update(bits);
    return (int) checksum.getValue();
  }
}
