package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.RunDirectory;
import java.util.Set;

/**
 * Faults of the monitor. Work does not stand still for them; its figures are checked at the end.
 */
final class MonitorFaults {
  private final Arena arena;

  MonitorFaults(Arena arena) {
    this.arena = arena;
  }

  AimedFault kill() {
    return fault(() -> arena.staff().kill(Arena.MONITOR));
  }

  /** What it measured is on the brokers; who it is was in the directory. */
  AimedFault wipe() {
    return fault(
        () -> {
          arena.staff().kill(Arena.MONITOR);
          RunDirectory.delete(arena.monitorState());
        });
  }

  private AimedFault fault(AimedFault.Step inject) {
    return new AimedFault(
        Arena.MONITOR,
        Set.of(),
        Set.of(),
        inject,
        () -> arena.staff().start(Arena.MONITOR),
        () -> "killed by SIGKILL");
  }
}
