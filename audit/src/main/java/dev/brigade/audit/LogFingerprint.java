package dev.brigade.audit;

import java.util.Arrays;

/** Hashes of one partition's records by offset, 16 bytes for each. Not thread-safe. */
final class LogFingerprint {
  private static final long NOTHING = -1;

  private long[] offsets = new long[64];
  private long[] hashes = new long[64];
  private int size;

  /**
   * Records come in log order, but for a reader that had to begin anew.
   *
   * @return false if something else was seen there before
   */
  boolean add(long offset, long hash) {
    if (offset <= last()) {
      int at = find(offset);
      return at >= 0 && hashes[at] == hash;
    }
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    offsets[size] = offset;
    hashes[size++] = hash;
    return true;
  }

  int size() {
    return size;
  }

  long offset(int at) {
    return offsets[at];
  }

  long hash(int at) {
    return hashes[at];
  }

  /** The last record's offset, -1 if there is none. */
  long last() {
    return size == 0 ? NOTHING : offsets[size - 1];
  }

  /** Where the record of this offset is; negative if there is none. */
  int find(long offset) {
    return Arrays.binarySearch(offsets, 0, size, offset);
  }
}
