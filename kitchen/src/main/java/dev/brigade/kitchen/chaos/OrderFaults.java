package dev.brigade.kitchen.chaos;

import dev.brigade.orders.DeadLetterReason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Orders that do harm. */
final class OrderFaults {
  /** What {@link #slow} needs among the rare recipes. */
  static final String SLOW_RECIPE = "brisket=exec:sleep 30";

  private static final String GIVEN_UP =
      "becomes a dead letter (" + DeadLetterReason.KILLED_ITS_WORKER.wireName() + ")";

  private static final Duration GIVEN_UP_WITHIN = Duration.ofSeconds(90);
  private static final long LOOK_MILLIS = 500;

  private final Arena arena;
  private final WorkerFaults workers;

  OrderFaults(Arena arena, WorkerFaults workers) {
    this.arena = arena;
    this.workers = workers;
  }

  /**
   * An order whose recipe ends the process that cooks it: a worker or, while its partition is
   * suspected because of another, a taster. In the end it is given up for that reason.
   */
  AimedFault poison() {
    long before = givenUp();
    AtomicLong after = new AtomicLong();
    return order(
        () -> after.set(moreThan(before)),
        () -> after.get() > before ? "a worker has said that it ends its worker" : null);
  }

  /** How many were given up when there was one more, or no more time. */
  private long moreThan(long before) throws InterruptedException {
    long deadline = System.nanoTime() + GIVEN_UP_WITHIN.toNanos();
    long now;
    while ((now = givenUp()) <= before && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK_MILLIS);
    }
    return now;
  }

  private long givenUp() {
    return arena.staff().said(arena.plan().workerIds(), GIVEN_UP);
  }

  /** An order whose command runs all the time. */
  AimedFault slow() {
    AtomicReference<@Nullable String> command = new AtomicReference<>();
    return order(
        () ->
            workers.commands().stream()
                .findFirst()
                .map(ProcessHandle::pid)
                .ifPresent(pid -> command.set("its command, process %d, still ran".formatted(pid))),
        command::get);
  }

  private AimedFault order(AimedFault.Step heal, Supplier<@Nullable String> bite) {
    String dish = arena.plan().rareDish();
    return new AimedFault(
        "an order of " + dish, Set.of(), Set.of(), () -> arena.sender().order(dish), heal, bite);
  }
}
