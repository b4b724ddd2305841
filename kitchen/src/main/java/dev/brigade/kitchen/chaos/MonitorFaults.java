package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.RunDirectory;
import dev.brigade.kitchen.chaos.tools.FakeClock;
import dev.brigade.kitchen.chaos.tools.SystemCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Faults of the monitor. Work does not stand still for them; its figures are checked at the end.
 */
final class MonitorFaults {
  private static final Duration JUMP = Duration.ofHours(1);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 100;

  /** In its log, when it has found the brokers. */
  private static final String STARTED = "measuring ";

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
    AtomicLong pid = new AtomicLong();
    AtomicLong windows = new AtomicLong();
    return new AimedFault(
        Arena.MONITOR,
        Set.of(),
        Set.of(),
        () -> {
          long starts = starts();
          arena.staff().kill(Arena.MONITOR);
          arena.staff().start(Arena.MONITOR, clock.environment());
          pid.set(arena.staff().pid(Arena.MONITOR));
          await(() -> starts() > starts);
          long published = arena.progress().windowRevisions();
          await(() -> arena.progress().windowRevisions() > published);
          set(clock, JUMP);
          windows.set(arena.progress().windowRevisions());
        },
        () -> {
          seen.set(evidence(clock, pid.get(), windows.get()));
          set(clock, Duration.ZERO);
        },
        seen::get);
  }

  private long starts() {
    return arena.staff().said(List.of(Arena.MONITOR), STARTED);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "the monitor published nothing within %d s".formatted(START_LIMIT.toSeconds()));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** Null unless the same monitor has worked on with the other clock. */
  private @Nullable String evidence(FakeClock clock, long pid, long windowsBefore)
      throws InterruptedException {
    long windows = arena.progress().windowRevisions() - windowsBefore;
    boolean lives = arena.staff().runs(Arena.MONITOR) && arena.staff().pid(Arena.MONITOR) == pid;
    Duration ahead = ahead(clock);
    return lives && windows > 0 && isUnder(clock, pid) && ahead.compareTo(JUMP.dividedBy(2)) > 0
        ? "%d windows published with the clock %d min ahead".formatted(windows, ahead.toMinutes())
        : null;
  }

  private static boolean isUnder(FakeClock clock, long pid) {
    try {
      String library = String.valueOf(clock.environment().get("LD_PRELOAD"));
      String name = Path.of(library).getFileName().toString();
      return Files.readString(Path.of("/proc", Long.toString(pid), "maps"))
          .contains(name.substring(0, name.indexOf('.')));
    } catch (IOException e) {
      return false;
    }
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
