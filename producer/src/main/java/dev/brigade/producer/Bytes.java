package dev.brigade.producer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A line's bytes looked at eight at a time: whether they are UTF-8, and a hash to know them by. */
final class Bytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NON_ASCII = 0x8080808080808080L;
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private Bytes() {}

  /**
   * Strict: overlong forms, surrogates and what lies beyond U+10FFFF are no UTF-8.
   *
   * @return how many bytes before the first that is not UTF-8, or -1 if all are
   */
  static int firstNonUtf8(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      if (end - i >= Long.BYTES && ((long) LONGS.get(bytes, i) & NON_ASCII) == 0) {
        i += Long.BYTES;
        continue;
      }
      int size = sequence(bytes, i, end);
      if (size == 0) {
        return i - offset;
      }
      i += size;
    }
    return -1;
  }

  /** The length of the well-formed sequence at {@code i}, or 0 if there is none. */
  private static int sequence(byte[] bytes, int i, int end) {
    int first = bytes[i] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    int size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (end - i < size) {
      return 0;
    }
    int second = bytes[i + 1] & 0xff;
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int k = 2; k < size; k++) {
      if ((bytes[i + k] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return size;
  }

  /** A 64-bit hash, good enough to tell bodies of one id apart; not secret. */
  static long hash(byte[] bytes, int offset, int length) {
    long hash = begin(length);
    int end = offset + length;
    int i = offset;
    for (; end - i >= Long.BYTES; i += Long.BYTES) {
      hash = mix(hash, (long) LONGS.get(bytes, i));
    }
    for (; i < end; i++) {
      hash = mix(hash, bytes[i]);
    }
    return finish(hash);
  }

  /** As {@link #hash(byte[], int, int)}, over a text's characters. */
  static long hash(String text) {
    long hash = begin(text.length());
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash, text.charAt(i));
    }
    return finish(hash);
  }

  private static long begin(int length) {
    return (length ^ 0x6a09e667f3bcc908L) * 0xbb67ae8584caa73bL;
  }

  private static long mix(long hash, long word) {
    return Long.rotateLeft(hash ^ (word * ODD), 29) * 0xd6e8feb86659fd93L;
  }

  private static long finish(long hash) {
    long h = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    return h ^ (h >>> 29);
  }
}
