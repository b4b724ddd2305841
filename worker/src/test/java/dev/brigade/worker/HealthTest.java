package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
  private final Health health = new Health(now::get);

  @Test
  void aWorkerIsReadyFromWhenItIsInTheGroupUntilItDrains() {
    assertThat(health.ready()).isEqualTo(Health.State.down("not in the group yet"));
    health.joined(true);
    assertThat(health.ready()).isEqualTo(Health.State.up("in the group and polling"));
    health.joined(false);
    assertThat(health.ready().isUp()).isFalse();
    health.joined(true);
    health.draining();
    assertThat(health.ready().isUp()).isFalse();
    assertThat(health.ready().reason()).startsWith("draining");
    assertThat(health.live().isUp()).isTrue();
  }

  @Test
  void aPollThreadThatStandsStillIsNeitherLiveNorReady() {
    health.joined(true);
    now.addAndGet(Health.TURNS_WITHIN.toNanos());
    assertThat(health.live().isUp()).isTrue();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(health.live())
        .isEqualTo(Health.State.down("the poll thread has not turned for 61 s"));
    assertThat(health.ready()).isEqualTo(health.live());
    health.turned();
    assertThat(health.live().isUp()).isTrue();
    assertThat(health.ready().isUp()).isTrue();
  }

  @Test
  void aWorkerThatFailedIsDownWithoutTellingTheWorldWhatItSaw() {
    health.joined(true);
    health.failed(new IllegalStateException("broker-7.internal refused"));
    assertThat(health.live())
        .isEqualTo(Health.State.down("failed, the log says more: IllegalStateException"));
    assertThat(health.ready()).isEqualTo(health.live());
  }
}
