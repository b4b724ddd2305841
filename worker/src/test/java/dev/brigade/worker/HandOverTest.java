package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How long a rebalance waits, by a clock that goes on 100 ms whenever it is read. */
class HandOverTest {
  private static final long TICK = Duration.ofMillis(100).toNanos();

  private final Held held = new Held();
  private final Settling settling =
      new Settling(new Mailbox<>(), Delivery.AT_LEAST_ONCE, Watch.NOBODY);
  private final AtomicLong clock = new AtomicLong();
  private final HandOver handOver = new HandOver(held, settling, () -> clock.addAndGet(TICK));
  private final Assignment leaving = held.add(new TopicPartition("orders", 0));

  @Test
  void whatNobodyCooksIsHandedOverAtOnce() {
    assertThat(handOver.await(List.of(leaving))).isTrue();
  }

  @Test
  void aLongTryIsWaitedForWhileWhatStaysHasOrders() {
    Assignment staying = held.add(new TopicPartition("orders", 1));
    staying.inFlight = 1;
    leaving.begin();
    assertThat(handOver.await(List.of(leaving))).isFalse();
    assertThat(waited()).isGreaterThan(HandOver.PATIENCE);
  }

  @Test
  void whatStaysAndHasRunOutOfOrdersWaitsForAShortTimeOnly() {
    Assignment staying = held.add(new TopicPartition("orders", 1));
    staying.inFlight = 1;
    staying.begin();
    leaving.begin();
    assertThat(handOver.await(List.of(leaving))).isFalse();
    assertThat(waited())
        .isGreaterThan(HandOver.STANDSTILL)
        .isLessThan(HandOver.STANDSTILL.multipliedBy(2));
  }

  @Test
  void whereNothingStaysNobodyWaitsForALongTry() {
    leaving.begin();
    assertThat(handOver.await(List.of(leaving))).isFalse();
    assertThat(waited()).isGreaterThan(HandOver.PATIENCE);
  }

  private Duration waited() {
    return Duration.ofNanos(clock.get());
  }
}
