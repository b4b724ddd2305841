package dev.brigade.bench;

import dev.brigade.bench.Procedure.WorkFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A fresh broker, the contender's processes that work on it, and the meter beside them. Whoever
 * waits here also looks after the processes: one that ends by itself, or work that does not go on,
 * is a fault of the contender. Confined to one thread.
 */
final class Stage implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** A log that grows no more for so long is complete, once there are meals enough. */
  private static final Duration QUIET = Duration.ofMillis(300);

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Run run;
  private final Site site;
  private final List<ContenderProcess> processes = new CopyOnWriteArrayList<>();
  private final ProcessMeter meter;
  private final long lookNanos;

  Stage(Run run, Site site) {
    this.run = run;
    this.site = site;
    // To count the meals costs the broker a request for every partition.
    this.lookNanos = LOOK_NANOS * Math.max(1, run.work().partitions() / 100);
    this.meter =
        new ProcessMeter(
            () -> processes.stream().flatMap(process -> process.pids().stream()).toList(),
            site.brokerPid());
  }

  Site site() {
    return site;
  }

  /** One more process of the contender. */
  ContenderProcess start() {
    return start(Map.of());
  }

  /** As {@link #start()}, with more to tell it. */
  ContenderProcess start(Map<String, String> more) {
    ContenderProcess process = run.start(site, more);
    processes.add(process);
    return process;
  }

  /** Ends a process with SIGKILL; it is no longer looked after. */
  void kill(ContenderProcess process) {
    processes.remove(process);
    process.kill();
  }

  /** Asks a process to end; it is no longer looked after. */
  void terminate(ContenderProcess process) {
    processes.remove(process);
    process.terminate();
  }

  /** Returns when there are so many meals. */
  void awaitMeals(long count) {
    await(() -> meals() >= count);
  }

  /** Returns when there are so many meals and no more come. */
  void awaitEnd(long count) {
    awaitEnd(count, QUIET);
  }

  /**
   * @param quiet how long no meal may come at the end: where meals come twice there are enough of
   *     them before the slowest are cooked
   */
  void awaitEnd(long count, Duration quiet) {
    long[] quietSince = {System.nanoTime()};
    long[] seen = {-1};
    await(
        () -> {
          long meals = meals();
          if (meals != seen[0]) {
            seen[0] = meals;
            quietSince[0] = System.nanoTime();
          }
          return meals >= count && System.nanoTime() - quietSince[0] > quiet.toNanos();
        });
  }

  long meals() {
    return site.count(Site.KITCHEN.meals());
  }

  /** Returns after that time, unless something goes wrong. */
  void pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() - end < 0) {
      lookAfter();
      LockSupport.parkNanos(Math.min(LOOK_NANOS, Math.max(1, end - System.nanoTime())));
    }
  }

  private void await(BooleanSupplier condition) {
    long before = -1;
    long lastProgress = System.nanoTime();
    while (!condition.getAsBoolean()) {
      lookAfter();
      long meals = meals();
      if (meals != before) {
        before = meals;
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
        throw new WorkFault(
            "stood still for %d s with %,d meals".formatted(PATIENCE.toSeconds(), meals));
      }
      LockSupport.parkNanos(lookNanos);
    }
  }

  private void lookAfter() {
    run.stopIfTold();
    for (ContenderProcess process : processes) {
      if (!process.isAlive()) {
        throw new WorkFault("a process ended by itself: " + process.lastWords());
      }
    }
  }

  /** Ends all processes in good order. */
  void stopAll() {
    processes.forEach(ContenderProcess::terminate);
    processes.forEach(ContenderProcess::close);
    processes.clear();
  }

  /**
   * What it cost to cook the meals of a span: processor time and heap per meal, and the most memory
   * held so far.
   */
  void costs(Span span, ContenderProcess process, Map<Figure, Double> figures) {
    ProcessMeter.Cost cost = meter.between(span.first(), span.last());
    figures.put(Figure.CPU_PER_ORDER, cost.contender() / span.meals());
    figures.put(Figure.BROKER_CPU_PER_ORDER, cost.broker() / span.meals());
    figures.put(Figure.PEAK_RSS, meter.peakRssBytes() / 1024.0 / 1024.0);
    if (span.seconds() > 0) {
      figures.put(Figure.NEIGHBOUR_CPU, cost.others() / 1e6 / span.seconds());
    }
    OptionalDouble allocated =
        GarbageLog.bytesPerSecond(process.garbageLog(), span.first(), span.last());
    if (allocated.isPresent()) {
      figures.put(Figure.ALLOCATION, allocated.getAsDouble() * span.seconds() / span.meals());
    }
  }

  @Override
  public void close() {
    stopAll();
    meter.close();
    site.close();
  }
}
