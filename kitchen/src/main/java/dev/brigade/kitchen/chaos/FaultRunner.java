package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.Format;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Injects the faults of a schedule, each on the thread of its {@link Layer}: a fault whose time has
 * come while another of its layer is in force waits for it, and is left out if the soak is over
 * first. Heals all when closed.
 */
final class FaultRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultRunner.class);
  private static final int AIMS = 30;
  private static final long AIM_AGAIN_MILLIS = 1_000;
  private static final long CLOSE_LIMIT_SECONDS = 180;

  private final Function<FaultKind, AimedFault> aim;
  private final Progress progress;
  private final Outages outages;
  private final Consumer<String> notes;
  private final long beginMillis;
  private final CountDownLatch over = new CountDownLatch(1);
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "chaos-clock"));
  private final Map<Layer, ExecutorService> layers = new EnumMap<>(Layer.class);
  private final List<FaultRecord> records = new ArrayList<>();

  /**
   * @param aim finds the victim of a fault; throws if nobody can be hit now
   * @param notes for people; called on any thread
   * @param beginMillis when the load began, of the epoch
   */
  FaultRunner(
      Function<FaultKind, AimedFault> aim,
      Progress progress,
      Outages outages,
      Consumer<String> notes,
      long beginMillis) {
    this.aim = aim;
    this.progress = progress;
    this.outages = outages;
    this.notes = notes;
    this.beginMillis = beginMillis;
    for (Layer layer : Layer.values()) {
      layers.put(
          layer, Executors.newSingleThreadExecutor(task -> new Thread(task, "chaos-" + layer)));
    }
  }

  void run(Schedule schedule) {
    for (PlannedFault planned : schedule.faults()) {
      ExecutorService layer = Objects.requireNonNull(layers.get(planned.kind().layer()));
      clock.schedule(
          () -> layer.execute(() -> inject(planned)),
          beginMillis + planned.atMillis() - System.currentTimeMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  private void inject(PlannedFault planned) {
    FaultRecord record;
    try {
      AimedFault fault = aim(planned.kind());
      if (fault == null) {
        notes.accept(planned.kind() + " is left out: the soak was over before its turn came");
        return;
      }
      record = run(planned, fault);
    } catch (RuntimeException e) {
      LOG.info("{} was not injected", planned.kind(), e);
      record = FaultRecord.notInjected(planned, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      record = FaultRecord.notInjected(planned, "interrupted");
    }
    add(record);
    if (record.failure() != null) {
      notes.accept("%s: %s".formatted(planned.kind(), record.failure()));
    }
  }

  /**
   * Whom to hit is asked of brokers that may be under another fault, and workers may be about to
   * start.
   *
   * @return null if the soak is over
   */
  private @Nullable AimedFault aim(FaultKind kind) throws InterruptedException {
    int left = AIMS;
    while (over.getCount() > 0) {
      try {
        return aim.apply(kind);
      } catch (RuntimeException e) {
        left--;
        if (left == 0) {
          throw e;
        }
        over.await(AIM_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
    return null;
  }

  private FaultRecord run(PlannedFault planned, AimedFault fault) throws InterruptedException {
    notes.accept("%s: %s".formatted(planned.kind(), fault.victim()));
    long atMillis = System.currentTimeMillis();
    outages.begin(planned.kind().layer());
    Recovery recovery = progress.follow(fault, atMillis);
    @Nullable String failure = attempt(fault.inject());
    boolean early = over.await(planned.holdMillis(), TimeUnit.MILLISECONDS);
    String healing = attempt(fault.heal());
    long healedMillis = System.currentTimeMillis();
    outages.end(planned.kind().layer());
    notes.accept(
        "%s healed after %s%s"
            .formatted(
                planned.kind(),
                Format.seconds((healedMillis - atMillis) / 1000.0),
                early ? ", early: the soak is over" : ""));
    return new FaultRecord(
        planned,
        fault.victim(),
        fault.workers(),
        atMillis - beginMillis,
        healedMillis - beginMillis,
        fault.bite().get(),
        failure != null ? failure : healing,
        recovery);
  }

  /**
   * @return null if it went well
   */
  private static @Nullable String attempt(AimedFault.Step step) throws InterruptedException {
    try {
      step.run();
      return null;
    } catch (RuntimeException e) {
      LOG.info("a fault's step failed", e);
      return String.valueOf(e.getMessage());
    }
  }

  private synchronized void add(FaultRecord record) {
    records.add(record);
  }

  /** In the order of the schedule. */
  synchronized List<FaultRecord> records() {
    return records.stream()
        .sorted(Comparator.comparingInt(record -> record.planned().number()))
        .toList();
  }

  /** Injects no more, heals what is in force, and returns when all is healed. */
  @Override
  public void close() {
    over.countDown();
    clock.shutdownNow();
    layers.values().forEach(ExecutorService::shutdown);
    try {
      for (ExecutorService layer : layers.values()) {
        if (!layer.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
          layer.shutdownNow();
        }
      }
    } catch (InterruptedException e) {
      layers.values().forEach(ExecutorService::shutdownNow);
      Thread.currentThread().interrupt();
    }
  }
}
