package dev.brigade.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Decides how long a rebalance waits for what is being cooked of partitions that leave. Nothing is
 * read meanwhile, not even of those that stay. While these have orders in hand, waiting costs
 * nobody anything, and a long try is not thrown away; once they have none, it is they who wait.
 * Confined to the poll thread.
 */
final class HandOver {
  /** At most, whatever is left to cook. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Of that at most, while a partition that stays may have run out of orders. */
  static final Duration STANDSTILL = Duration.ofSeconds(1);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final Held held;
  private final Settling settling;
  private final LongSupplier nanoTime;

  HandOver(Held held, Settling settling, LongSupplier nanoTime) {
    this.held = held;
    this.settling = settling;
    this.nanoTime = nanoTime;
  }

  /**
   * @return false if orders of these partitions are still in chefs' hands or on their way to the
   *     log: the time was up
   */
  boolean await(Collection<Assignment> leaving) {
    List<Assignment> staying =
        held.all().stream().filter(assignment -> !leaving.contains(assignment)).toList();
    long start = nanoTime.getAsLong();
    long stoodStill = 0;
    long last = start;
    while (!settling.awaitIdle(leaving, LOOK_AGAIN)) {
      long now = nanoTime.getAsLong();
      if (!staying.isEmpty() && waiting(staying) == 0) {
        stoodStill += now - last;
      }
      last = now;
      if (now - start > PATIENCE.toNanos() || stoodStill > STANDSTILL.toNanos()) {
        return false;
      }
    }
    return true;
  }

  /** Orders that were read and are in no chef's hands yet. */
  private static int waiting(List<Assignment> assignments) {
    return assignments.stream()
        .mapToInt(assignment -> assignment.inFlight - assignment.busy())
        .sum();
  }
}
