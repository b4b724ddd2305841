package dev.brigade.kitchen;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's place: a process under one worker id, and after its death the next one. In between,
 * in this order, what the dead process left running is killed, so that none of its commands still
 * runs when another worker cooks their orders; then it is removed from the kitchen, so that the
 * others take over its partitions; and only then its successor starts, for it joins as the same
 * member and would be evicted in its place.
 */
final class SupervisedWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SupervisedWorker.class);

  /** A worker that was told to stop has left the group. */
  private static final Set<Integer> IN_GOOD_ORDER =
      Set.of(ExitCode.INTERRUPTED, ExitCode.TERMINATED);

  /** What ends one worker so ends every other one with the same options. */
  private static final Set<Integer> HOPELESS = Set.of(ExitCode.USAGE, ExitCode.NOT_AUTHORISED);

  /** What Java adds to the number of the signal that ended a process. */
  private static final int SIGNALLED = 128;

  /** The start of a JVM takes the processors that the others need to take over: they come first. */
  private static final Duration GIVING_WAY = Duration.ofSeconds(1);

  /** Ends what a dead worker still is to the brokers. */
  interface Removal {
    /** Returns when its partitions are free for others, or that cannot be done. */
    void remove(String workerId) throws InterruptedException;
  }

  private final String id;
  private final List<String> arguments;
  private final Removal removal;
  private final BooleanSupplier othersRun;
  private final Consumer<CommandFailure> failed;
  private final RestartBackoff backoff = new RestartBackoff(ThreadLocalRandom::current);
  private @Nullable WorkerProcess process;
  private boolean stopping;
  private boolean endedWell = true;

  /**
   * @param arguments the command and its options but the worker id
   * @param othersRun whether there is somebody on this machine to take over
   * @param failed told once if there is no use in a replacement
   */
  SupervisedWorker(
      String id,
      List<String> arguments,
      Removal removal,
      BooleanSupplier othersRun,
      Consumer<CommandFailure> failed) {
    this.id = id;
    this.arguments = arguments;
    this.removal = removal;
    this.othersRun = othersRun;
    this.failed = failed;
  }

  String id() {
    return id;
  }

  synchronized boolean runs() {
    return process != null && process.isAlive();
  }

  /** Whether nothing was cut short by the stop; known when {@link #run} has returned. */
  synchronized boolean endedWell() {
    return endedWell;
  }

  /** Returns when the process has ended after {@link #stop}. */
  @Override
  public void run() {
    try {
      WorkerProcess started;
      while ((started = startUnlessStopped()) != null) {
        long start = System.nanoTime();
        int exitCode = started.waitFor();
        Duration lived = Duration.ofNanos(System.nanoTime() - start);
        started.killRemains();
        if (HOPELESS.contains(exitCode)) {
          failed.accept(new CommandFailure(exitCode, story(started, exitCode)));
          return;
        }
        ended(started, exitCode, lived);
      }
    } catch (IOException | RuntimeException e) {
      failed.accept(
          new CommandFailure(ExitCode.FAILED, "cannot run " + id + ": " + e.getMessage(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets the process finish its work and end, and starts no other. Thread-safe, returns at once.
   */
  synchronized void stop() {
    stopping = true;
    if (process != null) {
      process.terminate();
    }
    notifyAll();
  }

  private synchronized @Nullable WorkerProcess startUnlessStopped() throws IOException {
    if (stopping) {
      return null;
    }
    process = WorkerProcess.start(id, arguments);
    LOG.info("{} is process {}", id, process.pid());
    return process;
  }

  private void ended(WorkerProcess ended, int exitCode, Duration lived)
      throws InterruptedException {
    if (IN_GOOD_ORDER.contains(exitCode)) {
      if (!isStopping()) {
        LOG.info("{} was told to stop by somebody else: starting it again", id);
      }
      return;
    }
    LOG.warn("{}", story(ended, exitCode));
    Duration pause = backoff.afterLifeOf(lived);
    // With exit code 5 the membership is another's, who holds the id now.
    if (exitCode != ExitCode.WORKER_ID_TAKEN) {
      removal.remove(id);
      if (othersRun.getAsBoolean() && pause.compareTo(GIVING_WAY) < 0) {
        pause = GIVING_WAY;
      }
    }
    pause(pause);
  }

  private String story(WorkerProcess ended, int exitCode) throws InterruptedException {
    if (exitCode > SIGNALLED) {
      return "%s was killed by signal %d".formatted(id, exitCode - SIGNALLED);
    }
    String words = ended.lastWords();
    return "%s ended with exit code %d%s"
        .formatted(id, exitCode, words.isEmpty() ? "" : ": " + words);
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** Returns after that time, or at once when told to stop. */
  private synchronized void pause(Duration pause) throws InterruptedException {
    if (stopping) {
      endedWell = false;
      return;
    }
    process = null;
    if (!pause.isZero()) {
      LOG.info("starting {} again in {} ms", id, pause.toMillis());
    }
    long end = System.nanoTime() + pause.toNanos();
    long left = pause.toNanos();
    while (!stopping && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
  }
}
