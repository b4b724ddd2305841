package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private long nanos;
  private final RetryBudget budget = new RetryBudget(0.2, () -> nanos);

  @Test
  void aShareOfFirstTriesMayBeRetried() {
    takeAll();
    for (int i = 0; i < 1_000; i++) {
      budget.firstTry();
    }
    assertThat(takeAll()).isEqualTo(200);
  }

  @Test
  void aFewRetriesPerSecondAreAlwaysAllowed() {
    takeAll();
    nanos += Duration.ofSeconds(7).toNanos();
    assertThat(takeAll()).isEqualTo(7 * RetryBudget.LEAST_PER_SECOND);
    assertThat(takeAll()).isZero();
  }

  @Test
  void whatIsSavedInGoodTimesIsBounded() {
    for (int i = 0; i < 1_000_000; i++) {
      budget.firstTry();
    }
    assertThat(takeAll()).isEqualTo(RetryBudget.MOST_SAVED);
  }

  private int takeAll() {
    int taken = 0;
    while (budget.take()) {
      taken++;
    }
    return taken;
  }
}
