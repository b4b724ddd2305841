package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GuardedRecipesTest {
  private static final Recipe SOUP = (order, context) -> CookResult.cooked();
  private static final Recipe ANY = (order, context) -> CookResult.retry("x");
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final List<String> changes = new ArrayList<>();
  private final Assignment assignment = new Assignment(new TopicPartition("orders", 0));
  private long offset;

  @Test
  void eachRecipeHasABreakerOfItsOwn() {
    GuardedRecipes recipes = recipes(LONG, Map.of());
    fail(recipe(recipes, "soup"), GuardedRecipes.WINDOW_TRIES);
    assertThat(recipe(recipes, "soup").admit(order())).isEqualTo(GuardedRecipe.PARK);
    assertThat(recipe(recipes, "burger").admit(order())).isZero();
    assertThat(recipes.allAreOpen()).isFalse();
    fail(recipe(recipes, "burger"), GuardedRecipes.WINDOW_TRIES);
    assertThat(recipes.allAreOpen()).isTrue();
    assertThat(changes).containsExactly("soup OPEN", "* OPEN");
  }

  @Test
  void fewerFailuresThanTheThresholdOpenNothing() {
    GuardedRecipe soup = recipe(recipes(LONG, Map.of()), "soup");
    for (int i = 0; i < 10; i++) {
      fail(soup, 79);
      for (int j = 0; j < 21; j++) {
        assertThat(soup.admit(order())).isZero();
        soup.succeeded(1);
      }
    }
    assertThat(changes).isEmpty();
  }

  @Test
  void whatIsParkedStaysWhileOpenAndGoesWhenItsPartitionLeaves() {
    GuardedRecipe soup = recipe(recipes(LONG, Map.of()), "soup");
    fail(soup, GuardedRecipes.WINDOW_TRIES);
    OpenOrder parked = order();
    soup.park(parked);
    assertThat(soup.takeReleased()).isEmpty();
    assertThat(soup.parkedOrders()).isEqualTo(1);
    assignment.leave();
    assertThat(soup.takeReleased()).containsExactly(parked);
    assertThat(soup.parkedOrders()).isZero();
  }

  @Test
  void afterItsRestAFewAreTriedAndThenAllGoOn() {
    GuardedRecipe soup = recipe(recipes(SHORT, Map.of()), "soup");
    fail(soup, GuardedRecipes.WINDOW_TRIES);
    for (int i = 0; i < 10; i++) {
      soup.park(order());
    }
    while (soup.isOpen()) {
      Thread.onSpinWait();
    }
    List<OpenOrder> probes = soup.takeReleased();
    assertThat(probes).hasSize(GuardedRecipes.PROBES);
    for (OpenOrder probe : probes) {
      assertThat(soup.admit(probe)).isZero();
    }
    assertThat(soup.admit(order())).as("one more").isEqualTo(GuardedRecipe.PARK);
    probes.forEach(probe -> soup.succeeded(1));
    assertThat(changes).containsExactly("soup OPEN", "soup HALF_OPEN", "soup CLOSED");
    assertThat(soup.takeReleased()).hasSize(10 - GuardedRecipes.PROBES);
  }

  @Test
  void aRateLimitLetsSoManyPassAndTellsTheOthersWhenToComeAgain() {
    GuardedRecipe soup = recipe(recipes(LONG, Map.of("soup", 1)), "soup");
    List<OpenOrder> orders = List.of(order(), order(), order());
    assertThat(soup.admit(orders.get(0))).isZero();
    long second = soup.admit(orders.get(1));
    long third = soup.admit(orders.get(2));
    assertThat(second).isPositive();
    assertThat(third).isGreaterThan(second);
    assertThat(soup.admit(orders.get(1))).as("it has waited").isZero();
    assertThat(recipe(recipes(LONG, Map.of("soup", 1)), "burger").admit(order())).isZero();
  }

  @Test
  void withoutABreakerNothingIsEverParked() {
    GuardedRecipes recipes =
        new GuardedRecipes(
            new Recipes(Map.of("soup", SOUP)),
            new RecipeLimits(RecipeLimits.NO_BREAKER, LONG, Map.of()),
            (dish, state) -> {});
    fail(recipe(recipes, "soup"), 1_000);
    assertThat(recipe(recipes, "soup").admit(order())).isZero();
    assertThat(recipes.allAreOpen()).isFalse();
  }

  private GuardedRecipes recipes(Duration breakerWait, Map<String, Integer> rates) {
    return new GuardedRecipes(
        new Recipes(Map.of("soup", SOUP, Recipes.ANY_DISH, ANY)),
        new RecipeLimits(80, breakerWait, rates),
        (String dish, CircuitBreaker.State state) -> changes.add(dish + " " + state));
  }

  private static GuardedRecipe recipe(GuardedRecipes recipes, String dish) {
    return Objects.requireNonNull(recipes.forDish(dish));
  }

  private void fail(GuardedRecipe recipe, int times) {
    for (int i = 0; i < times; i++) {
      recipe.admit(order());
      recipe.failed(1);
    }
  }

  private OpenOrder order() {
    return new OpenOrder(
        new ConsumerRecord<>(
            "orders", 0, offset++, "k".getBytes(StandardCharsets.UTF_8), new byte[0]),
        assignment,
        Ordering.KEY);
  }
}
