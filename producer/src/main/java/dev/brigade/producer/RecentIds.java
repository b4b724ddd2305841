package dev.brigade.producer;

import java.util.Arrays;

/**
 * The orders of the last lines by the hash of their id, with the hash of their body, so that an id
 * that comes twice is noticed. Primitive arrays that grow with use: 28 bytes per order, so 28 MiB
 * for a full memory of a million, however long the input is; the oldest is forgotten first.
 * Confined to one thread.
 */
final class RecentIds {
  /** A million and a little. */
  static final int CAPACITY = 1 << 20;

  private static final int FIRST_CAPACITY = 1 << 12;
  private static final int NONE = -1;

  private final int maxCapacity;
  private long[] ids;
  private long[] bodies;
  private long[] lines;
  private int[] next;
  private int[] heads;
  private int size;
  private int oldest;

  /**
   * @param capacity how many are remembered; a power of two
   */
  RecentIds(int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity must be a power of two, but is " + capacity);
    }
    maxCapacity = capacity;
    int first = Math.min(capacity, FIRST_CAPACITY);
    ids = new long[first];
    bodies = new long[first];
    lines = new long[first];
    next = new int[first];
    heads = new int[first];
    Arrays.fill(heads, NONE);
  }

  /** The entry of this id, or -1 if it is not among those remembered. */
  int find(long id) {
    int entry = heads[bucket(id)];
    while (entry != NONE && ids[entry] != id) {
      entry = next[entry];
    }
    return entry;
  }

  long body(int entry) {
    return bodies[entry];
  }

  long line(int entry) {
    return lines[entry];
  }

  /** Remembers an id that {@link #find} did not know. */
  void add(long id, long body, long line) {
    if (size == ids.length && size < maxCapacity) {
      grow();
    }
    int entry;
    if (size < ids.length) {
      entry = size++;
    } else {
      entry = oldest;
      oldest = (oldest + 1) & (ids.length - 1);
      unlink(entry);
    }
    ids[entry] = id;
    bodies[entry] = body;
    lines[entry] = line;
    link(entry);
  }

  private void link(int entry) {
    int bucket = bucket(ids[entry]);
    next[entry] = heads[bucket];
    heads[bucket] = entry;
  }

  private void unlink(int entry) {
    int bucket = bucket(ids[entry]);
    if (heads[bucket] == entry) {
      heads[bucket] = next[entry];
      return;
    }
    int before = heads[bucket];
    while (next[before] != entry) {
      before = next[before];
    }
    next[before] = next[entry];
  }

  private void grow() {
    int capacity = ids.length * 2;
    ids = Arrays.copyOf(ids, capacity);
    bodies = Arrays.copyOf(bodies, capacity);
    lines = Arrays.copyOf(lines, capacity);
    next = new int[capacity];
    heads = new int[capacity];
    Arrays.fill(heads, NONE);
    for (int entry = 0; entry < size; entry++) {
      link(entry);
    }
  }

  private int bucket(long id) {
    return (int) id & (heads.length - 1);
  }
}
