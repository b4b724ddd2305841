package dev.brigade.worker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The recipes of one worker, each with a breaker and a rate limit of its own. Thread-safe. */
final class GuardedRecipes {
  /** Tries from which the breaker concludes; it concludes nothing from fewer. */
  static final int WINDOW_TRIES = 100;

  /** Tries that decide, after a time of rest, whether the breaker closes. */
  static final int PROBES = 3;

  /** Cooking may take its time: only failures count. */
  private static final Duration NEVER_SLOW = Duration.ofDays(1_000);

  /** No order waits that long for its permit; the library wants a bound. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1_000);

  /** A limit is spread over the second in steps no shorter than this. */
  private static final long SHORTEST_STEP_NANOS = 10_000_000;

  private static final long SECOND_NANOS = 1_000_000_000;

  private final Recipes recipes;
  private final Map<AnyRecipe, GuardedRecipe> guarded = new IdentityHashMap<>();

  /**
   * @param changed told the dish of {@code --recipe} and the state each time a breaker opens or
   *     closes
   */
  GuardedRecipes(
      Recipes recipes, RecipeLimits limits, BiConsumer<String, CircuitBreaker.State> changed) {
    this.recipes = recipes;
    recipes
        .byDish()
        .forEach((dish, recipe) -> guarded.put(recipe, guard(dish, recipe, limits, changed)));
  }

  /** The recipe for this dish, or null if neither it nor {@code *} has one. */
  @Nullable GuardedRecipe forDish(String dish) {
    AnyRecipe recipe = recipes.forDish(dish);
    return recipe == null ? null : guarded.get(recipe);
  }

  /** By the dish that {@code --recipe} names. */
  void forEach(BiConsumer<String, GuardedRecipe> action) {
    recipes
        .byDish()
        .forEach(
            (dish, recipe) -> action.accept(dish, Objects.requireNonNull(guarded.get(recipe))));
  }

  /** Whether any holds its chef while it cooks. */
  boolean anyIsBlocking() {
    return guarded.keySet().stream().anyMatch(Recipe.class::isInstance);
  }

  /** Whether any goes on without its chef. */
  boolean anyIsAsync() {
    return guarded.keySet().stream().anyMatch(AsyncRecipe.class::isInstance);
  }

  /** Whether no order of any dish passes for the time being. */
  boolean allAreOpen() {
    for (GuardedRecipe recipe : guarded.values()) {
      if (!recipe.isOpen()) {
        return false;
      }
    }
    return true;
  }

  /** Lets those go that may ask again; to be called every few milliseconds. */
  void release(KeyQueues queues) {
    for (GuardedRecipe recipe : guarded.values()) {
      recipe.takeReleased().forEach(queues::retryIsDue);
    }
  }

  private static GuardedRecipe guard(
      String dish,
      AnyRecipe recipe,
      RecipeLimits limits,
      BiConsumer<String, CircuitBreaker.State> changed) {
    Integer perSecond = limits.ratePerSecond().get(dish);
    return new GuardedRecipe(
        recipe,
        limits.breakerPercent() == RecipeLimits.NO_BREAKER ? null : breaker(dish, limits),
        perSecond == null ? null : RateLimiter.of(dish, rate(perSecond)),
        state -> changed.accept(dish, state));
  }

  private static CircuitBreaker breaker(String dish, RecipeLimits limits) {
    return CircuitBreaker.of(
        dish,
        CircuitBreakerConfig.custom()
            .slidingWindow(
                WINDOW_TRIES, WINDOW_TRIES, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
            .failureRateThreshold(limits.breakerPercent())
            .slowCallDurationThreshold(NEVER_SLOW)
            .waitDurationInOpenState(limits.breakerWait())
            .permittedNumberOfCallsInHalfOpenState(PROBES)
            .build());
  }

  static RateLimiterConfig rate(int perSecond) {
    long stepNanos = Math.max(SHORTEST_STEP_NANOS, SECOND_NANOS / perSecond);
    return RateLimiterConfig.custom()
        .limitRefreshPeriod(Duration.ofNanos(stepNanos))
        .limitForPeriod((int) Math.max(1, perSecond * stepNanos / SECOND_NANOS))
        .timeoutDuration(LONGEST_WAIT)
        .build();
  }
}
