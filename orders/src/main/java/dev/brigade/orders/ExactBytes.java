package dev.brigade.orders;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects what a JSON generator writes, which comes in one piece unless it is large: then that
 * piece is copied once, and nothing else is allocated. Not thread-safe.
 */
final class ExactBytes extends OutputStream {
  private byte[] bytes = {};

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    int end = bytes.length;
    bytes = end == 0 ? new byte[length] : Arrays.copyOf(bytes, end + length);
    System.arraycopy(from, offset, bytes, end, length);
  }

  /** All of it; not a copy. */
  byte[] bytes() {
    return bytes;
  }
}
