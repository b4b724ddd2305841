package dev.brigade.orders;

/**
 * The set of orders one sender means to follow to its end.
 *
 * @param id 1 to 128 characters, no control characters
 * @param size how many orders the batch has, 0 or more
 */
public record Batch(String id, long size) {
  public Batch {
    Order.requireName("batch.id", id, Order.MAX_ID_CHARS);
    if (size < 0) {
      throw new IllegalArgumentException("batch.size must not be negative, but is " + size);
    }
  }
}
