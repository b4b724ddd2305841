package dev.brigade.worker;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The open orders of each key, in log order: a hash table of the first order of each key, from
 * which the others hang. The orders are its entries, so that it allocates only when it grows.
 * Adding and removing cost O(1). Not thread-safe.
 */
final class KeyTable {
  private static final int INITIAL_BUCKETS = 1 << 10;

  private @Nullable OpenOrder[] buckets = new OpenOrder[INITIAL_BUCKETS];
  private int keys;

  /**
   * Puts the order behind all others of its key.
   *
   * @return whether it is the first of its key
   */
  boolean add(OpenOrder order) {
    if (order.key == null) {
      return true;
    }
    int bucket = bucket(order);
    for (OpenOrder first = buckets[bucket]; first != null; first = first.nextInBucket) {
      if (first.hasSameKeyAs(order)) {
        Objects.requireNonNull(first.lastOfKey).nextOfKey = order;
        first.lastOfKey = order;
        return false;
      }
    }
    order.lastOfKey = order;
    order.nextInBucket = buckets[bucket];
    buckets[bucket] = order;
    if (++keys > buckets.length) {
      grow();
    }
    return true;
  }

  /**
   * Takes the first order of its key out.
   *
   * @return the one that is first now
   */
  @Nullable OpenOrder remove(OpenOrder first) {
    if (first.key == null) {
      return null;
    }
    OpenOrder next = first.nextOfKey;
    OpenOrder instead = first.nextInBucket;
    if (next != null) {
      next.lastOfKey = first.lastOfKey;
      next.nextInBucket = first.nextInBucket;
      instead = next;
    } else {
      keys--;
    }
    replace(first, instead);
    first.nextOfKey = null;
    first.nextInBucket = null;
    return next;
  }

  /** How many keys have open orders. */
  int keys() {
    return keys;
  }

  private void replace(OpenOrder first, @Nullable OpenOrder instead) {
    int bucket = bucket(first);
    OpenOrder entry = buckets[bucket];
    if (entry == first) {
      buckets[bucket] = instead;
      return;
    }
    while (entry != null && entry.nextInBucket != first) {
      entry = entry.nextInBucket;
    }
    if (entry == null) {
      throw new IllegalStateException(first.completionId() + " is not the first of its key");
    }
    entry.nextInBucket = instead;
  }

  private void grow() {
    @Nullable OpenOrder[] old = buckets;
    buckets = new OpenOrder[old.length * 2];
    for (OpenOrder bucket : old) {
      OpenOrder entry = bucket;
      while (entry != null) {
        OpenOrder next = entry.nextInBucket;
        entry.nextInBucket = buckets[bucket(entry)];
        buckets[bucket(entry)] = entry;
        entry = next;
      }
    }
  }

  /** The number of buckets is a power of two. */
  private int bucket(OpenOrder order) {
    return order.keyHash & buckets.length - 1;
  }
}
