package dev.brigade.kitchen.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Faults of workers, as real signals to real processes. */
final class WorkerFaults {
  /** The drain's 30 s, then a last commit and clients that cannot reach their brokers. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(75);

  private static final long CHURN_MILLIS = 500;
  private static final long JOIN_SECONDS = 60;

  /** The program of every command that the scenarios' recipes run. */
  private static final String COMMAND = "sleep";

  private static final Duration COMMANDS_END_WITHIN = Duration.ofSeconds(2);
  private static final long LOOK_MILLIS = 20;

  private final Arena arena;
  private final Staff staff;

  WorkerFaults(Arena arena) {
    this.arena = arena;
    this.staff = arena.staff();
  }

  /** The busiest is told to stop; one of the same name starts at the end. */
  AimedFault terminate() {
    String victim = busiest();
    return fault(
        victim,
        () -> staff.terminate(victim, STOP_LIMIT),
        () -> staff.start(victim),
        () -> "it ended");
  }

  /** The busiest is killed; one of the same name starts at the end. */
  AimedFault kill() {
    String victim = busiest();
    return fault(
        victim, () -> staff.kill(victim), () -> staff.start(victim), () -> "killed by SIGKILL");
  }

  /** The busiest one of a supervisor, which starts another in its place. */
  AimedFault killSupervised() {
    String victim = most(arena.plan().workerIds());
    ProcessHandle process = supervised(victim);
    return fault(
        victim,
        () -> {
          process.destroyForcibly();
          process.onExit().join();
        },
        () -> {},
        () -> "process %d killed by SIGKILL".formatted(process.pid()));
  }

  private ProcessHandle supervised(String worker) {
    return Optional.ofNullable(arena.progress().pidOf(worker))
        .flatMap(ProcessHandle::of)
        .orElseThrow(() -> new IllegalStateException(worker + " does not run"));
  }

  /** The busiest is killed; the commands that it runs have to end with it. */
  AimedFault killWithCommands() {
    String victim = busiest();
    List<ProcessHandle> commands = new ArrayList<>();
    return fault(
        victim,
        () -> {
          commands.addAll(commands(victim));
          staff.kill(victim);
          long left = alive(commands, COMMANDS_END_WITHIN);
          if (left > 0) {
            staff.problem("%d commands of %s outlived it".formatted(left, victim));
          }
        },
        () -> staff.start(victim),
        () ->
            commands.isEmpty()
                ? null
                : "killed by SIGKILL with %d commands under it".formatted(commands.size()));
  }

  /** Commands of recipes that all workers have started and that still run. */
  List<ProcessHandle> commands() {
    return all().stream().flatMap(worker -> commands(worker).stream()).toList();
  }

  private List<ProcessHandle> commands(String worker) {
    return ProcessHandle.of(staff.pid(worker)).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(process -> process.info().command().orElse("").endsWith(COMMAND))
        .toList();
  }

  /** How many of them have not ended when the time is up. */
  private static long alive(List<ProcessHandle> processes, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      long alive = processes.stream().filter(ProcessHandle::isAlive).count();
      if (alive == 0 || System.nanoTime() - deadline > 0) {
        return alive;
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  AimedFault killAll() {
    List<String> victims = all();
    return new AimedFault(
        String.join(", ", victims),
        Set.of(),
        Set.copyOf(victims),
        () -> victims.forEach(staff::kill),
        () -> victims.forEach(staff::start),
        () -> "killed by SIGKILL");
  }

  /** The busiest stands still; its connections stay open. */
  AimedFault freeze() {
    String victim = busiest();
    AtomicReference<@Nullable String> state = new AtomicReference<>();
    return fault(
        victim,
        () -> staff.freeze(victim),
        () -> {
          state.set(stateOf(staff.pid(victim)));
          staff.thaw(victim);
        },
        () -> "T".equals(state.get()) ? "stopped by SIGSTOP all the time" : null);
  }

  /** One more worker than usual joins and leaves, again and again. */
  AimedFault churn() {
    String guest = ChaosPlan.worker(arena.plan().workers() + 1);
    AtomicInteger changes = new AtomicInteger();
    CountDownLatch joined = new CountDownLatch(1);
    Thread churning = new Thread(() -> comeAndGo(guest, changes, joined), "chaos-churn");
    return new AimedFault(
        guest,
        Set.of(),
        Set.of(),
        churning::start,
        () -> {
          // Where brokers are away, too, the first one has not come yet.
          joined.await(JOIN_SECONDS, TimeUnit.SECONDS);
          churning.interrupt();
          churning.join();
          if (staff.names().contains(guest)) {
            staff.terminate(guest, STOP_LIMIT);
          }
        },
        () -> changes.get() > 0 ? "it came or went %d times".formatted(changes.get()) : null);
  }

  private void comeAndGo(String guest, AtomicInteger changes, CountDownLatch joined) {
    try {
      while (true) {
        long before = arena.progress().assignments();
        staff.start(guest);
        // A worker that has not joined yet would only be a process that starts in vain.
        while (arena.progress().assignments() == before) {
          Thread.sleep(CHURN_MILLIS / 10);
        }
        changes.incrementAndGet();
        joined.countDown();
        Thread.sleep(CHURN_MILLIS);
        staff.terminate(guest, STOP_LIMIT);
        changes.incrementAndGet();
        Thread.sleep(CHURN_MILLIS);
      }
    } catch (InterruptedException e) {
      // The fault is being healed: who is still there is ended then.
    }
  }

  private AimedFault fault(
      String victim,
      AimedFault.Step inject,
      AimedFault.Step heal,
      Supplier<@Nullable String> bite) {
    return new AimedFault(
        victim, arena.progress().heldBy(victim), Set.of(victim), inject, heal, bite);
  }

  /** The running worker that holds most partitions. */
  String busiest() {
    return most(all().stream().filter(staff::runs).toList());
  }

  private String most(List<String> workers) {
    return workers.stream()
        .max(Comparator.comparingInt(worker -> arena.progress().heldBy(worker).size()))
        .orElseThrow(() -> new IllegalStateException("no worker runs"));
  }

  /** Those of the plan that run, frozen ones too. */
  List<String> all() {
    return arena.plan().workerIds().stream().filter(staff.names()::contains).toList();
  }

  /** As the system tells it: a letter, {@code T} for stopped; null if it cannot be read. */
  private static @Nullable String stateOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    } catch (IOException e) {
      return null;
    }
  }
}
