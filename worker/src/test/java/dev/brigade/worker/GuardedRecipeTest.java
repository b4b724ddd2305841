package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GuardedRecipeTest {
  private static final Duration REST = Duration.ofHours(1);

  private long nowNanos;
  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "soup",
          CircuitBreakerConfig.custom()
              .waitDurationInOpenState(REST)
              .currentTimestampFunction(clock -> nowNanos, TimeUnit.NANOSECONDS)
              .build());
  private final Recipe recipe = (order, context) -> CookResult.cooked();
  private final GuardedRecipe soup = new GuardedRecipe(recipe, breaker, null, state -> {});
  private final OpenOrder order =
      TestOrders.open(new Assignment(new TopicPartition("orders", 0)), 0, "table-1", Ordering.KEY);

  @Test
  void aBreakerThatOpensAnewBetweenTwoLooksRestsAnew() {
    // Given an order parked at an open breaker
    breaker.transitionToOpenState();
    parkWhatIsRefused();
    assertThat(soup.takeReleased()).isEmpty();
    // When the breaker is tried after its rest and opens anew, and nobody looked in between
    nowNanos += REST.toNanos();
    breaker.transitionToHalfOpenState();
    breaker.transitionToOpenState();
    // Then the order asks once and waits for as long again
    assertThat(soup.takeReleased()).containsExactly(order);
    parkWhatIsRefused();
    assertThat(soup.isOpen()).isTrue();
    assertThat(soup.takeReleased()).isEmpty();
    nowNanos += REST.toNanos();
    assertThat(soup.takeReleased()).containsExactly(order);
  }

  @Test
  void ordersThatAskDuringTheRestDoNotProlongIt() {
    breaker.transitionToOpenState();
    parkWhatIsRefused();
    nowNanos += REST.toNanos() - 1;
    assertThat(soup.isOpen()).isTrue();
    assertThat(soup.admit(order)).isEqualTo(GuardedRecipe.PARK);
    nowNanos += 1;
    assertThat(soup.isOpen()).isFalse();
    assertThat(soup.takeReleased()).containsExactly(order);
  }

  private void parkWhatIsRefused() {
    assertThat(soup.admit(order)).isEqualTo(GuardedRecipe.PARK);
    soup.park(order);
  }
}
