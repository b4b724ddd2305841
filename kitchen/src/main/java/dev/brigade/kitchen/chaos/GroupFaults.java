package dev.brigade.kitchen.chaos;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What an operator does to the chefs' group. */
final class GroupFaults {
  private static final long ORDERS_BACK = 1_000;

  private final Arena arena;
  private final WorkerFaults workers;

  GroupFaults(Arena arena, WorkerFaults workers) {
    this.arena = arena;
    this.workers = workers;
  }

  /** All workers are told to stop, and when they start again their offsets have been set back. */
  AimedFault resetOffsets() {
    List<String> victims = workers.all();
    AtomicLong back = new AtomicLong();
    return new AimedFault(
        String.join(", ", victims),
        Set.of(),
        Set.copyOf(victims),
        () -> {
          for (String victim : victims) {
            arena.staff().terminate(victim, WorkerFaults.STOP_LIMIT);
          }
          back.set(arena.offsets().setBack(ORDERS_BACK));
        },
        () -> victims.forEach(arena.staff()::start),
        () -> back.get() > 0 ? "set back by %d orders".formatted(back.get()) : null);
  }
}
