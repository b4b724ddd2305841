package dev.brigade.orders;

/**
 * The set of orders one sender means to follow to its end.
 *
 * @param id 1 to 128 characters, no control characters
 * @param size how many orders the batch has, 0 or more
 */
public record Batch(String id, long size) {
  public Batch {
    Checks.name("batch.id", id, Order.MAX_ID_CHARS);
    Checks.atLeast(0, "batch.size", size);
  }
}
