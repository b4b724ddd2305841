package dev.brigade.worker;

import static dev.brigade.worker.PackedWriter.ALPHABET;
import static dev.brigade.worker.PackedWriter.BITS_PER_CHAR;
import static dev.brigade.worker.PackedWriter.FIRST;

/** Reads the text of a {@link PackedWriter}. Text that ends too soon or is foreign is refused. */
final class PackedReader {
  private final String text;
  private int next;
  private long pending;
  private int pendingBits;

  PackedReader(String text) {
    this.text = text;
  }

  /**
   * @param count at most 32
   * @throws IllegalArgumentException if there are not as many bits
   */
  long read(int count) {
    while (pendingBits < count) {
      pending = pending << BITS_PER_CHAR | take();
      pendingBits += BITS_PER_CHAR;
    }
    pendingBits -= count;
    return pending >>> pendingBits & (1L << count) - 1;
  }

  /**
   * @throws IllegalArgumentException if no count ends before the text does
   */
  long readUnary() {
    long zeros = 0;
    while (read(1) == 0) {
      zeros++;
    }
    return zeros;
  }

  boolean isAtEnd() {
    return next == text.length();
  }

  private int take() {
    if (isAtEnd()) {
      throw new IllegalArgumentException("the text ends too soon");
    }
    int bits = text.charAt(next++) - FIRST;
    if (bits < 0 || bits >= ALPHABET) {
      throw new IllegalArgumentException("character " + (next - 1) + " is not of the alphabet");
    }
    return bits;
  }
}
