package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBackoffTest {
  @Test
  void theCeilingDoublesUpToTheCap() {
    RetryBackoff longest = new RetryBackoff(bound -> bound - 1);
    assertThat(longest.afterFailures(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(longest.afterFailures(2)).isEqualTo(Duration.ofMillis(200));
    assertThat(longest.afterFailures(5)).isEqualTo(Duration.ofMillis(1_600));
    assertThat(longest.afterFailures(10)).isEqualTo(Duration.ofSeconds(30));
    assertThat(longest.afterFailures(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void theJitterReachesDownToNothing() {
    RetryBackoff shortest = new RetryBackoff(bound -> 0);
    assertThat(shortest.afterFailures(1)).isZero();
    assertThat(shortest.afterFailures(20)).isZero();
  }
}
