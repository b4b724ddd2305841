package dev.brigade.worker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The recipes one worker knows. Thread-safe: looked up by every chef. */
final class Recipes implements AutoCloseable {
  /** The dish whose recipe serves all dishes that have none of their own. */
  static final String ANY_DISH = "*";

  private final Map<String, Recipe> byDish;
  private final @Nullable Recipe fallback;

  /**
   * @param byDish recipes by dish; {@link #ANY_DISH} for the fallback. They are closed with this.
   */
  Recipes(Map<String, Recipe> byDish) {
    this.byDish = Map.copyOf(byDish);
    this.fallback = byDish.get(ANY_DISH);
  }

  /** The recipe for this dish, or null if neither it nor {@code *} has one. */
  @Nullable Recipe forDish(String dish) {
    Recipe recipe = byDish.get(dish);
    return recipe != null ? recipe : fallback;
  }

  @Override
  public void close() throws Exception {
    for (Recipe recipe : byDish.values()) {
      recipe.close();
    }
  }
}
