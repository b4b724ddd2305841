package dev.brigade.producer;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The ids of one run: 26 characters in Crockford's Base32, ordered by time and then by sequence. 10
 * characters of milliseconds and 6 at random tell runs apart, 10 of sequence an order in its run.
 */
final class RunId {
  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int TIME_CHARS = 10;
  private static final int RANDOM_CHARS = 6;
  private static final int SEQUENCE_CHARS = 10;

  private final String prefix;

  RunId(Instant startedAt, RandomGenerator random) {
    prefix =
        base32(startedAt.toEpochMilli(), TIME_CHARS)
            + base32(random.nextLong() >>> (Long.SIZE - 5 * RANDOM_CHARS), RANDOM_CHARS);
  }

  /** What all ids of the run begin with; names the run itself. */
  String prefix() {
    return prefix;
  }

  String order(long sequence) {
    return prefix + base32(sequence, SEQUENCE_CHARS);
  }

  private static String base32(long number, int chars) {
    char[] text = new char[chars];
    long rest = number;
    for (int i = chars - 1; i >= 0; i--) {
      text[i] = DIGITS[(int) (rest & 31)];
      rest >>>= 5;
    }
    return new String(text);
  }
}
