package dev.brigade.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A process of the same program in which orders are cooked that may kill it, so that they kill no
 * worker. It has this JVM's flags and recipes of its own. Thread-safe.
 */
final class Taster implements AutoCloseable {
  /** As {@code -XX:+ExitOnOutOfMemoryError} does. */
  static final int OUT_OF_MEMORY = 3;

  /** Where it answers: a JVM that crashes writes about that to standard output. */
  static final String ANSWERS = "/dev/fd/3";

  private static final List<String> OWN_ANSWERS =
      List.of("sh", "-c", "exec 3>&1 1>&2; exec \"$@\"", "sh");

  /** How long a process that answers no more has to end. */
  private static final long END_SECONDS = 5;

  private final Process process;
  private final DataOutputStream orders;
  private final DataInputStream answers;
  private final Map<Long, CompletableFuture<TasterFrames.Outcome>> pending =
      new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private volatile @Nullable TasterDied death;

  private Taster(Process process) {
    this.process = process;
    this.orders = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /**
   * Returns when it is ready to cook.
   *
   * @param limit how long it has to get its recipes ready; after that it is killed
   * @throws IOException if no process can be started, or it ends before it is ready
   */
  static Taster start(TasterFrames.Kit kit, Duration limit) throws IOException {
    Process process = new ProcessBuilder(command()).redirectError(Redirect.INHERIT).start();
    Taster taster = new Taster(process);
    CompletableFuture<Void> overdue =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS));
    try {
      TasterFrames.writeKit(taster.orders, kit);
      TasterFrames.readReady(taster.answers);
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    } finally {
      overdue.cancel(false);
    }
    Thread reader = new Thread(taster::read, "taster-answers");
    reader.setDaemon(true);
    reader.start();
    return taster;
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>(OWN_ANSWERS);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(Taster::isOfEveryProcess)
        .forEach(command::add);
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(TasterMain.class.getName());
    command.add(Long.toString(ProcessHandle.current().pid()));
    return command;
  }

  /** Agents, recordings and logs are one process's own. */
  private static boolean isOfEveryProcess(String flag) {
    return flag.startsWith("-D")
        || flag.startsWith("--")
        || (flag.startsWith("-X")
            && !flag.startsWith("-Xlog")
            && !flag.startsWith("-Xrun")
            && !flag.contains("FlightRec"));
  }

  boolean isAlive() {
    return death == null;
  }

  long pid() {
    return process.pid();
  }

  /**
   * Returns what became of the try; interrupted, the recipe is.
   *
   * @param order as it is in the log
   * @throws TasterDied if the process ended before it was cooked
   * @throws IOException if its answer cannot be read
   */
  @Nullable CookResult cook(byte[] order, CookContext context)
      throws TasterDied, IOException, InterruptedException {
    long number = numbers.incrementAndGet();
    CompletableFuture<TasterFrames.Outcome> outcome = new CompletableFuture<>();
    pending.put(number, outcome);
    try {
      tell(out -> TasterFrames.writeTry(out, new TasterFrames.Try(number, order, context)));
      TasterDied died = death;
      if (died != null) {
        throw died;
      }
      return outcome.get().result();
    } catch (InterruptedException e) {
      tell(out -> TasterFrames.writeCancel(out, number));
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TasterDied died) {
        throw died;
      }
      throw new IOException(e.getCause());
    } finally {
      pending.remove(number);
    }
  }

  private interface Frame {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** If it cannot be told, it is dead, or about to be: its reader finds out. */
  private void tell(Frame frame) {
    synchronized (orders) {
      try {
        frame.writeTo(orders);
      } catch (IOException e) {
        process.destroyForcibly();
      }
    }
  }

  private void read() {
    try (answers) {
      while (true) {
        TasterFrames.Outcome outcome = TasterFrames.readOutcome(answers);
        CompletableFuture<TasterFrames.Outcome> waiting = pending.get(outcome.number());
        if (waiting != null) {
          waiting.complete(outcome);
        }
      }
    } catch (EOFException e) {
      ended();
    } catch (IOException e) {
      process.destroyForcibly();
      pending.values().forEach(outcome -> outcome.completeExceptionally(e));
      ended();
    }
  }

  private void ended() {
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      TasterDied died = new TasterDied(process.waitFor());
      death = died;
      pending.values().forEach(outcome -> outcome.completeExceptionally(died));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the process at once. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
