package dev.brigade.orders;

/** An order's place in the log of {@code orders}: what makes two ends of an order the same one. */
public record CompletionId(int partition, long offset) {
  @Override
  public String toString() {
    return partition + "/" + offset;
  }
}
