package dev.brigade.producer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes to know ids and bodies by: 64 bits, well spread, not secret. */
final class Hash64 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private Hash64() {}

  static long of(byte[] bytes, int offset, int length) {
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

  static long of(String text) {
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
