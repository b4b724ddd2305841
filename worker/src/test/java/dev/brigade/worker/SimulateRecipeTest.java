package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SimulateRecipeTest {
  @ParameterizedTest
  @ValueSource(strings = {"0ms", "50us", "1ms"})
  void aChefWhoNeverFailsCooksWithNothingToTell(String duration) throws Exception {
    try (SimulateRecipe recipe = SimulateSpec.parse(duration)) {
      CookResult result = recipe.cook(TestOrders.order(), TestOrders.FIRST_TRY);

      assertThat(result).isEqualTo(CookResult.cooked());
    }
  }

  @Test
  void aChefWhoAlwaysFailsHasTheOrderTriedAgain() throws Exception {
    try (SimulateRecipe recipe = SimulateSpec.parse("0ms,fail=1")) {
      CookResult result = recipe.cook(TestOrders.order(), TestOrders.FIRST_TRY);

      assertThat(result).isEqualTo(CookResult.retry("the chef failed (simulated)"));
    }
  }

  @Test
  void aChefWhoFailsHalfOfTheTimeDoesBoth() throws Exception {
    List<CookResult> results = new ArrayList<>();

    try (SimulateRecipe recipe = SimulateSpec.parse("0ms,jitter=1,fail=0.5")) {
      // All alike is as likely as 1000 heads in a row.
      for (int i = 0; i < 1000; i++) {
        results.add(recipe.cook(TestOrders.order(), TestOrders.FIRST_TRY));
      }
    }

    assertThat(results).contains(CookResult.cooked(), CookResult.retry(SimulateRecipe.FAILURE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1h", "999us"})
  void anInterruptedChefStopsCooking(String duration) throws Exception {
    try (SimulateRecipe recipe = SimulateSpec.parse(duration)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> recipe.cook(TestOrders.order(), TestOrders.FIRST_TRY))
          .isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void jitterSpreadsAroundTheDuration() {
    SimulateRecipe recipe = new SimulateRecipe(Duration.ofMillis(100), 0.2, 0);

    assertThat(recipe.nanosFor(0)).isEqualTo(80_000_000);
    assertThat(recipe.nanosFor(0.5)).isEqualTo(100_000_000);
    assertThat(recipe.nanosFor(1)).isEqualTo(120_000_000);
  }
}
