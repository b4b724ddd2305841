package dev.brigade.worker;

import java.nio.charset.StandardCharsets;

/**
 * Bits as text, 15 to a character, from {@link #FIRST} on: no surrogate, no control character, each
 * three bytes of UTF-8. Kept as big-endian UTF-16, which is also what a checksum is taken over.
 */
final class PackedWriter {
  static final int BITS_PER_CHAR = 15;

  /** How many characters there are to choose from. */
  static final int ALPHABET = 1 << BITS_PER_CHAR;

  static final int UTF8_BYTES_PER_CHAR = 3;

  /** Stands for 15 bits that are clear. */
  static final char FIRST = '\u0800';

  private final byte[] text;
  private int bytes;
  private long pending;
  private int pendingBits;

  /**
   * @param chars how long the text will be; what is not written of it is clear bits
   */
  PackedWriter(int chars) {
    text = new byte[chars * Character.BYTES];
  }

  /**
   * The highest bit first.
   *
   * @param count at most 32
   */
  void write(long value, int count) {
    pending = pending << count | value & (1L << count) - 1;
    pendingBits += count;
    while (pendingBits >= BITS_PER_CHAR) {
      pendingBits -= BITS_PER_CHAR;
      put((int) (pending >>> pendingBits));
    }
  }

  /** A count as that many clear bits and a set one. */
  void writeUnary(long count) {
    long zeros = count;
    for (; zeros >= BITS_PER_CHAR; zeros -= BITS_PER_CHAR) {
      write(0, BITS_PER_CHAR);
    }
    write(1, (int) zeros + 1);
  }

  /** Ends the text and gives it as big-endian UTF-16, not a copy. */
  byte[] end() {
    if (pendingBits > 0) {
      write(0, BITS_PER_CHAR - pendingBits);
    }
    while (bytes < text.length) {
      put(0);
    }
    return text;
  }

  private void put(int bits) {
    int character = FIRST + (bits & ALPHABET - 1);
    text[bytes++] = (byte) (character >>> Byte.SIZE);
    text[bytes++] = (byte) character;
  }

  @Override
  public String toString() {
    return new String(text, StandardCharsets.UTF_16BE);
  }
}
