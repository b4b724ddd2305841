package dev.brigade.kitchen;

import static dev.brigade.kitchen.RestartBackoff.LONG_LIFE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
  private static final Duration SHORT_LIFE = LONG_LIFE.minusNanos(1);

  private final long seed = System.nanoTime();
  private final RestartBackoff backoff = new RestartBackoff(newRandom());

  private Supplier<Random> newRandom() {
    Random random = new Random(seed);
    return () -> random;
  }

  @Test
  void theFirstReplacementStartsAtOnce() {
    assertThat(backoff.afterLifeOf(Duration.ZERO)).isZero();
  }

  @Test
  void thenThePauseDoublesUpToTheLongestAndAtLeastHalfOfItIsKept() {
    backoff.afterLifeOf(SHORT_LIFE);
    long longest = 500;
    for (int death = 0; death < 50; death++) {
      assertThat(backoff.afterLifeOf(SHORT_LIFE).toMillis())
          .as("seed %d, death %d", seed, death)
          .isBetween(longest / 2, longest);
      longest = Math.min(2 * longest, RestartBackoff.MAX.toMillis());
    }
  }

  @Test
  void aLongLifeBeginsAnew() {
    for (int death = 0; death < 20; death++) {
      backoff.afterLifeOf(SHORT_LIFE);
    }
    assertThat(backoff.afterLifeOf(LONG_LIFE)).isZero();
    assertThat(backoff.afterLifeOf(SHORT_LIFE).toMillis()).isBetween(250L, 500L);
  }

  @Test
  void thePausesOfTwoWorkersDiffer() {
    Random random = new Random(seed);
    RestartBackoff one = new RestartBackoff(() -> random);
    RestartBackoff other = new RestartBackoff(() -> random);
    boolean differ = false;
    for (int death = 0; death < 20; death++) {
      differ |= !one.afterLifeOf(SHORT_LIFE).equals(other.afterLifeOf(SHORT_LIFE));
    }
    assertThat(differ).as("seed %d", seed).isTrue();
  }
}
