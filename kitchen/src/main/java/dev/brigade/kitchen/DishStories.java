package dev.brigade.kitchen;

import dev.brigade.orders.Activity;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.Meal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells of each dish that failed which chefs tried it in turn and who cooked it at last: from the
 * workers' activity, which is best effort, and the meals. A meal may be read before what led to it:
 * then its story is told when both are there, or at the end with what is known. Confined to one
 * thread.
 */
final class DishStories implements KitchenFeed.Listener {
  /** A dish that waits for longer is worth a line of its own: somebody is watching. */
  private static final Duration LONG_WAIT = Duration.ofSeconds(2);

  private final Consumer<String> told;

  /** By dish, the chef that each try failed with. */
  private final Map<CompletionId, Map<Integer, Integer>> failures = new HashMap<>();

  private final Map<CompletionId, Meal> untold = new LinkedHashMap<>();
  private long toAnotherChef;
  private long toTheSameChef;

  DishStories(Consumer<String> told) {
    this.told = told;
  }

  @Override
  public void activity(Activity activity) {
    Activity.FailedOrder failed = activity.order();
    if (failed == null) {
      return;
    }
    CompletionId dish = new CompletionId(failed.partition(), failed.offset());
    if (activity.type() == Activity.Type.CHEF_FAILED) {
      failures
          .computeIfAbsent(dish, unused -> new HashMap<>())
          .put(failed.attempt(), failed.chef());
      tellIfKnown(dish);
    } else if (activity.type() == Activity.Type.RETRYING
        && failed.retryMillis() != null
        && failed.retryMillis() >= LONG_WAIT.toMillis()) {
      told.accept(
          format(
              "%s has failed %d times by now: next try in %.1f s",
              failed.id(), failed.attempt(), failed.retryMillis() / 1000.0));
    }
  }

  @Override
  public void meal(Meal meal) {
    if (meal.attempts() > 1) {
      untold.put(meal.completionId(), meal);
      tellIfKnown(meal.completionId());
    }
  }

  private void tellIfKnown(CompletionId dish) {
    Meal meal = untold.get(dish);
    if (meal != null && failuresOf(dish).size() >= meal.attempts() - 1) {
      untold.remove(dish);
      tell(meal);
    }
  }

  /** Tells the rest, with what is known. */
  void end() {
    untold.values().forEach(this::tell);
    untold.clear();
  }

  /** Tries after a failed one that were another chef's. */
  long toAnotherChef() {
    return toAnotherChef;
  }

  /** Tries after a failed one that were not: no other chef was free. */
  long toTheSameChef() {
    return toTheSameChef;
  }

  private void tell(Meal meal) {
    List<String> failed = new ArrayList<>();
    @Nullable Integer before = null;
    for (int attempt = 1; attempt < meal.attempts(); attempt++) {
      @Nullable Integer chef = failuresOf(meal.completionId()).get(attempt);
      count(before, chef);
      failed.add("chef " + (chef == null ? "?" : chef));
      before = chef;
    }
    count(before, meal.chef());
    told.accept(
        format(
            "%s failed with %s; chef %d of %s cooked it at try %d",
            meal.orderId(),
            String.join(", ", failed),
            meal.chef(),
            meal.worker(),
            meal.attempts()));
  }

  private void count(@Nullable Integer before, @Nullable Integer chef) {
    if (before != null && chef != null) {
      toAnotherChef += before.equals(chef) ? 0 : 1;
      toTheSameChef += before.equals(chef) ? 1 : 0;
    }
  }

  private Map<Integer, Integer> failuresOf(CompletionId dish) {
    return failures.getOrDefault(dish, Map.of());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
