package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
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
  private final OpenOrder order = order(0);

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

  @Test
  void whoComesToARateLimitWaitsForAllBeforeItThoughTheseTakeMoreThanADay() {
    RateLimiter onePerSecond =
        new AtomicRateLimiter("soup", GuardedRecipes.rate(1), () -> nowNanos);
    GuardedRecipe limited = new GuardedRecipe(recipe, null, onePerSecond, state -> {});
    long day = Duration.ofDays(1).toSeconds();
    OpenOrder last = order(0);
    for (long before = 0; before < day + 1_000; before++) {
      last = order(before);
      assertThat(limited.admit(last)).isEqualTo(Duration.ofSeconds(before).toNanos());
    }
    // And whoever has waited passes
    nowNanos += Duration.ofDays(2).toNanos();
    assertThat(limited.admit(last)).isZero();
  }

  private static OpenOrder order(long offset) {
    return TestOrders.open(
        new Assignment(new TopicPartition("orders", 0)), offset, "table-1", Ordering.KEY);
  }

  private void parkWhatIsRefused() {
    assertThat(soup.admit(order)).isEqualTo(GuardedRecipe.PARK);
    soup.park(order);
  }
}
