package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultRunnerTest {
  private final List<String> steps = new CopyOnWriteArrayList<>();
  private final CountDownLatch injected = new CountDownLatch(1);

  @Test
  void injectsHealsAndTells() throws InterruptedException {
    FaultRunner runner = runner(kind -> fault(kind, "it ended"));
    runner.run(new Schedule(List.of(new PlannedFault(1, FaultKind.WORKER_KILL, 0, 60_000))));
    injected.await();
    runner.close(); // heals early

    assertThat(steps).containsExactly("inject worker-kill", "heal worker-kill");
    FaultRecord record = runner.records().get(0);
    assertThat(record.hasBitten()).isTrue();
    assertThat(record.evidence()).isEqualTo("it ended");
    assertThat(record.injectedAtMillis()).isNotNull();
    assertThat(record.healedAtMillis()).isNotNull();
  }

  @Test
  void aFaultThatShowsNoEffectHasNotBitten() throws InterruptedException {
    FaultRunner runner = runner(kind -> fault(kind, null));
    runner.run(new Schedule(List.of(new PlannedFault(1, FaultKind.LOSS, 0, 0))));
    injected.await();
    runner.close();

    assertThat(runner.records()).extracting(FaultRecord::hasBitten).containsExactly(false);
  }

  @Test
  void aFaultThatFailsIsHealedAllTheSame() throws InterruptedException {
    AimedFault failing =
        new AimedFault(
            "worker-1",
            Set.of(),
            Set.of(),
            () -> {
              injected.countDown();
              throw new IllegalStateException("it does not run");
            },
            () -> steps.add("heal"),
            () -> "something");
    FaultRunner runner = runner(kind -> failing);
    runner.run(new Schedule(List.of(new PlannedFault(1, FaultKind.WORKER_KILL, 0, 0))));
    injected.await();
    runner.close();

    assertThat(steps).containsExactly("heal");
    assertThat(runner.records().get(0).failure()).isEqualTo("it does not run");
    assertThat(runner.records().get(0).hasBitten()).isFalse();
  }

  @Test
  void whoseTurnDoesNotComeIsNotInjected() throws InterruptedException {
    FaultRunner runner = runner(kind -> fault(kind, "it ended"));
    runner.run(
        new Schedule(
            List.of(
                new PlannedFault(1, FaultKind.WORKER_KILL, 0, 60_000),
                new PlannedFault(2, FaultKind.WORKER_TERM, 0, 60_000))));
    injected.await();
    runner.close();

    assertThat(steps).containsExactly("inject worker-kill", "heal worker-kill");
    assertThat(runner.records()).filteredOn(FaultRecord::hasBitten).hasSize(1);
  }

  @Test
  void waitsForSomebodyToHit() throws InterruptedException {
    AtomicInteger looks = new AtomicInteger();
    FaultRunner runner =
        runner(
            kind -> {
              if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("no worker runs");
              }
              return fault(kind, "it ended");
            });
    runner.run(new Schedule(List.of(new PlannedFault(1, FaultKind.WORKER_KILL, 0, 0))));
    injected.await();
    runner.close();

    assertThat(runner.records()).extracting(FaultRecord::hasBitten).containsExactly(true);
  }

  @Test
  void leavesOutWhatHitsNobodyUntilTheSoakIsOver() throws InterruptedException {
    CountDownLatch looked = new CountDownLatch(1);
    FaultRunner runner =
        runner(
            kind -> {
              looked.countDown();
              throw new IllegalStateException("no worker runs");
            });
    runner.run(new Schedule(List.of(new PlannedFault(1, FaultKind.WORKER_KILL, 0, 0))));
    looked.await();
    runner.close();

    assertThat(runner.records()).isEmpty();
  }

  private FaultRunner runner(Function<FaultKind, AimedFault> aim) {
    return new FaultRunner(
        aim, new Progress(1), new Outages(), words -> {}, System.currentTimeMillis());
  }

  private AimedFault fault(FaultKind kind, @Nullable String evidence) {
    return new AimedFault(
        "worker-1",
        Set.of(),
        Set.of(),
        () -> {
          steps.add("inject " + kind);
          injected.countDown();
        },
        () -> steps.add("heal " + kind),
        () -> evidence);
  }
}
