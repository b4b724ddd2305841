package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.RunDirectory;
import dev.brigade.kitchen.chaos.tools.FakeClock;
import dev.brigade.kitchen.chaos.tools.SystemCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Faults of the monitor. Work does not stand still for them; its figures are checked at the end.
 */
final class MonitorFaults {
  private static final Duration JUMP = Duration.ofHours(1);

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

  /** Its figures are of the times in the records, whatever its own clock says. */
  AimedFault clockJump() {
    FakeClock clock = clock();
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    return new AimedFault(
        Arena.MONITOR,
        Set.of(),
        Set.of(),
        () -> {
          arena.staff().kill(Arena.MONITOR);
          arena.staff().start(Arena.MONITOR, clock.environment());
          set(clock, JUMP);
        },
        () -> {
          Duration ahead = ahead(clock);
          set(clock, Duration.ZERO);
          if (ahead.compareTo(JUMP.dividedBy(2)) > 0) {
            seen.set("its clock was %d min ahead".formatted(ahead.toMinutes()));
          }
        },
        seen::get);
  }

  private FakeClock clock() {
    try {
      return new FakeClock(
          Files.createDirectories(arena.monitorState().resolveSibling("monitor-clock")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void set(FakeClock clock, Duration ahead) {
    try {
      clock.set(ahead);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a process in the monitor's environment sees it. */
  private static Duration ahead(FakeClock clock) throws InterruptedException {
    ProcessBuilder date = new ProcessBuilder("date", "+%s");
    date.environment().putAll(clock.environment());
    try {
      long seconds = Long.parseLong(SystemCommand.run(date).strip());
      return Duration.between(Instant.now(), Instant.ofEpochSecond(seconds));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
