package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivalScheduleTest {
  private static final Instant START = Instant.parse("2026-11-20T18:00:00Z");

  private final AtomicLong nanos = new AtomicLong(42);
  private final ArrivalSchedule.Clock clock =
      new ArrivalSchedule.Clock(() -> START.plusNanos(nanos.get() - 42), nanos::get);

  @Test
  void intendedTimesFollowFromTheRateAlone() {
    ArrivalSchedule schedule = new ArrivalSchedule(new Rate(4), clock);

    assertThat(schedule.intended(0)).isEqualTo(START);
    assertThat(schedule.intended(1)).isEqualTo(START.plusMillis(250));
    assertThat(schedule.intended(4_000_000)).isEqualTo(START.plusSeconds(1_000_000));
  }

  @Test
  void aLateSenderDoesNotMoveIntendedTimes() {
    ArrivalSchedule schedule = new ArrivalSchedule(new Rate(100), clock);

    // When the sending stalls for ten seconds
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());

    // Then what was due in them is due at once, and placed when it was meant to be
    assertThat(schedule.untilDue(999)).isNegative();
    assertThat(schedule.intended(1)).isEqualTo(START.plusMillis(10));
    assertThat(schedule.untilDue(1001)).isEqualTo(Duration.ofMillis(10).toNanos());
  }

  @Test
  void withoutARateAnOrderIsMeantForTheMomentItIsSent() {
    ArrivalSchedule schedule = new ArrivalSchedule(null, clock);

    nanos.addAndGet(Duration.ofMillis(1500).toNanos() + 7);

    assertThat(schedule.untilDue(1_000_000)).isZero();
    assertThat(schedule.intended(1_000_000)).isEqualTo(START.plusMillis(1500));
  }

  @Test
  void waitingEndsWhenTheStopIsRequested() {
    StopSignal stop = new StopSignal();
    stop.request();

    new ArrivalSchedule(new Rate(0.001), ArrivalSchedule.Clock.system()).awaitDue(1, stop);

    assertThat(stop.isRequested()).isTrue();
  }
}
