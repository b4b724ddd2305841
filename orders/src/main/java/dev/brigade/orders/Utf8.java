package dev.brigade.orders;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Refuses bytes that are not UTF-8, or begin with a mark that says so. The JSON parser reads more
 * than that: overlong forms, by which a quote or a control character comes in disguise, and code
 * points that do not exist.
 */
final class Utf8 {
  private static final int CHARS_AT_ONCE = 1024;

  private Utf8() {}

  /**
   * @throws MalformedRecordException with the place of the first byte that is wrong, from 0
   */
  static void require(byte[] buffer, int offset, int length) throws MalformedRecordException {
    int end = offset + length;
    int at = offset;
    while (at < end && buffer[at] >= 0) {
      at++;
    }
    if (at == offset && startsWithMark(buffer, offset, length)) {
      throw MalformedRecordException.undecodable(
          "not JSON at byte 0: a byte order mark before the value");
    }
    if (at < end) {
      requireFrom(at, buffer, offset, length);
    }
  }

  private static boolean startsWithMark(byte[] buffer, int offset, int length) {
    return length >= 3
        && buffer[offset] == (byte) 0xEF
        && buffer[offset + 1] == (byte) 0xBB
        && buffer[offset + 2] == (byte) 0xBF;
  }

  private static void requireFrom(int at, byte[] buffer, int offset, int length)
      throws MalformedRecordException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(buffer, at, offset + length - at);
    CharBuffer out = CharBuffer.allocate(CHARS_AT_ONCE);
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw MalformedRecordException.undecodable("not UTF-8 at byte " + (in.position() - offset));
    }
  }
}
