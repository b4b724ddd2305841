package dev.brigade.cluster.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the client id from a connection's first bytes, however they are cut: the header of a Kafka
 * request is its size (int32), API key (int16), API version (int16), correlation id (int32) and
 * client id (int16 length, −1 for none, then UTF-8).
 *
 * <p>Decides as soon as it can: what cannot be such a header is an unknown caller's.
 */
final class CallerReader {
  private static final int KEY = 4;
  private static final int VERSION = 6;
  private static final int LENGTH = 12;
  private static final int ID = 14;

  /** Brokers take no larger request. */
  private static final int MOST_SIZE = 100 * 1024 * 1024;

  /** Far beyond what Kafka has: after it, bytes are something else. */
  private static final int MOST_KEY = 999;

  private static final int MOST_VERSION = 99;
  private static final int MOST_ID_BYTES = 1_024;

  private final ByteBuffer seen = ByteBuffer.allocate(ID + MOST_ID_BYTES);
  private boolean decided;
  private @Nullable String clientId;

  /**
   * @param bytes the next ones; left as they are
   * @return whether it is decided who calls
   */
  boolean read(ByteBuffer bytes) {
    ByteBuffer next = bytes.duplicate();
    next.limit(next.position() + Math.min(next.remaining(), seen.remaining()));
    seen.put(next);
    decided = decided || isNoHeader() || isWhole();
    return decided;
  }

  /** No more bytes come. */
  void end() {
    decided = true;
  }

  boolean decided() {
    return decided;
  }

  /** Null: unknown. */
  @Nullable String clientId() {
    return clientId;
  }

  /** Bytes that are not there yet are zero, which makes no number too large. */
  private boolean isNoHeader() {
    int size = seen.getInt(0);
    return size < 0
        || size > MOST_SIZE
        || isNot(seen.getShort(KEY), MOST_KEY)
        || isNot(seen.getShort(VERSION), MOST_VERSION)
        || (seen.position() >= ID && !isLength(seen.getShort(LENGTH), size));
  }

  private static boolean isNot(short value, int most) {
    return value < 0 || value > most;
  }

  private static boolean isLength(short length, int size) {
    return length >= 0 && length <= MOST_ID_BYTES && length <= size - (ID - KEY);
  }

  private boolean isWhole() {
    int end = ID + seen.getShort(LENGTH);
    if (seen.position() < ID || seen.position() < end) {
      return false;
    }
    clientId = new String(seen.array(), ID, end - ID, StandardCharsets.UTF_8);
    return true;
  }
}
