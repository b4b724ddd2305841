package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Meal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many orders at once, of few keys and many, completed on whatever thread and in whatever order.
 */
@Timeout(120)
class AsyncConcurrencyTest {
  private static final int CHEFS = 40;
  private static final int ORDERS = 6_000;

  private final Map<String, AtomicInteger> openByKey = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final List<String> overlaps = Collections.synchronizedList(new ArrayList<>());
  private final Random random = new Random(17);

  @Test
  void everyOrderIsCookedOnceAndEachKeyInOrderWithinTheChefs() {
    // Given a recipe that completes before it returns, at once on another thread, or later; one try
    // of five fails
    AsyncRecipe recipe =
        (order, context) -> {
          String key = order.id().substring(0, order.id().indexOf('-'));
          begin(key);
          return CompletableFuture.supplyAsync(() -> end(key), anywhere());
        };
    Recipe blocking =
        (order, context) -> {
          String key = order.id().substring(0, order.id().indexOf('-'));
          begin(key);
          return end(key);
        };
    WorkerOptions options = TestOptions.of("w").chefs(CHEFS).maxAttempts(1_000).build();
    Map<String, AnyRecipe> recipes = Map.of("soup", recipe, "steak", blocking);
    List<Meal> meals;
    try (TestCrew crew = new TestCrew(options, recipes)) {
      Assignment assignment = TestCrew.assignment();
      // When orders come
      for (int i = 0; i < ORDERS; i++) {
        String key = i % 2 == 0 ? "few" + i % 30 : "k" + i;
        crew.add(assignment, i % 10 == 0 ? "steak" : "soup", key);
      }
      crew.awaitLooking("all meals", () -> crew.ends().size() >= ORDERS);
      crew.awaitIdleChefs();
      meals = crew.meals();
      assertThat(assignment.busy()).isZero();
      assertThat(crew.crew.busy()).isZero();
    }
    // Then each is cooked once, each key in order and one at a time
    assertThat(meals).hasSize(ORDERS).extracting(Meal::offset).doesNotHaveDuplicates();
    assertThat(overlaps).isEmpty();
    Map<String, List<Long>> byKey =
        meals.stream()
            .collect(
                Collectors.groupingBy(
                    meal -> meal.orderId().substring(0, meal.orderId().indexOf('-')),
                    HashMap::new,
                    Collectors.mapping(Meal::offset, Collectors.toList())));
    assertThat(byKey).allSatisfy((key, offsets) -> assertThat(offsets).isSorted());
    // And no more at a time than there are chefs, but as many
    assertThat(most).hasValue(CHEFS);
  }

  private void begin(String key) {
    if (openByKey.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet() > 1) {
      overlaps.add(key);
    }
    most.accumulateAndGet(open.incrementAndGet(), Math::max);
  }

  private CookResult end(String key) {
    open.decrementAndGet();
    Objects.requireNonNull(openByKey.get(key)).decrementAndGet();
    return random.nextInt(5) == 0 ? CookResult.retry("burnt", Duration.ZERO) : CookResult.cooked();
  }

  private Executor anywhere() {
    return switch (random.nextInt(3)) {
      case 0 -> Runnable::run;
      case 1 -> ForkJoinPool.commonPool();
      default -> CompletableFuture.delayedExecutor(random.nextInt(20), TimeUnit.MILLISECONDS);
    };
  }
}
