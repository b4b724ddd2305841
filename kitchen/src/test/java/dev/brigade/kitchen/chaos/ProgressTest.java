package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.LatencyWindow;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:00Z");

  private final Progress progress = new Progress(500);

  @Test
  void anEndIsMeasuredOnceAllWindowsThatCountItArePublished() {
    progress.ended(0, 0, "ada", START.toEpochMilli(), true);
    progress.window(window(LatencyWindow.ALL_DISHES, 10, 1));
    progress.window(window(LatencyWindow.ALL_DISHES, 60, 1));
    progress.window(window("stew", 10, 1));
    assertThat(progress.measured()).isZero();
    assertThat(progress.isMeasured()).isFalse();

    progress.window(window("stew", 60, 1));
    assertThat(progress.measured()).isOne();
    assertThat(progress.isMeasured()).isTrue();
  }

  @Test
  void ofAWindowTheLastRevisionCounts() {
    for (long dead : new long[] {2, 3}) {
      for (int seconds : new int[] {10, 60}) {
        progress.window(window(LatencyWindow.ALL_DISHES, seconds, dead + 1));
        progress.window(window("stew", seconds, dead));
        progress.window(window("souffle", seconds, 1));
      }
    }
    assertThat(progress.measured()).isEqualTo(4);
  }

  @Test
  void itIsDrainedWhenNoMoreWaitThanUsualOnceAllPartitionsGoOn() {
    long at = START.toEpochMilli();
    Progress slow = new Progress(1);
    slow.begin(at - 1_000);
    Recovery recovery = slow.follow(hit("worker-1", Set.of(3, 4)), at);
    for (int order = 0; order < 4; order++) {
      slow.ordered(3, order, at + 100);
      slow.ordered(4, order, at + 100);
    }
    for (int order = 0; order < 3; order++) {
      slow.ended(3, order, "worker-2", at + 500, true);
    }
    assertThat(slow.drainedMillis(recovery)).isNull();
    for (int order = 0; order < 3; order++) {
      slow.ended(4, order, "worker-2", at + 900, true);
    }
    assertThat(slow.drainedMillis(recovery)).isNull();
    slow.ended(3, 3, "worker-2", at + 1_200, true);

    assertThat(recovery.allMillis()).isEqualTo(900);
    assertThat(slow.drainedMillis(recovery)).isEqualTo(1_200);
  }

  private static AimedFault hit(String worker, Set<Integer> partitions) {
    return new AimedFault(worker, partitions, Set.of(worker), () -> {}, () -> {}, () -> null);
  }

  private static LatencyWindow window(String dish, int seconds, long dead) {
    LatencyWindow.LatencyStats none = new LatencyWindow.LatencyStats(0, 0, 0, 0, 0, 0, 0, 0);
    return new LatencyWindow(
        dish,
        seconds,
        START,
        START.plusSeconds(seconds),
        0,
        dead,
        0.0,
        none,
        none,
        none,
        0,
        1,
        false,
        null,
        0,
        0,
        0);
  }
}
