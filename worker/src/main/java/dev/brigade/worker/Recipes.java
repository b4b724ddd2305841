package dev.brigade.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The recipes one worker knows. Thread-safe: looked up by every chef. */
final class Recipes implements AutoCloseable {
  /** The dish whose recipe serves all dishes that have none of their own. */
  static final String ANY_DISH = "*";

  private final Map<String, AnyRecipe> byDish;
  private final @Nullable AnyRecipe fallback;
  private final List<AutoCloseable> shared;
  private final TasterFrames.@Nullable Kit kit;

  /**
   * @param byDish recipes by dish; {@link #ANY_DISH} for the fallback. They are closed with this.
   */
  Recipes(Map<String, ? extends AnyRecipe> byDish) {
    this(byDish, List.of(), null);
  }

  /**
   * @param shared what the recipes use together; closed after them, in this order
   * @param kit what the same recipes can be made of in another process; null if they cannot
   */
  Recipes(
      Map<String, ? extends AnyRecipe> byDish,
      List<AutoCloseable> shared,
      TasterFrames.@Nullable Kit kit) {
    this.byDish = Map.copyOf(byDish);
    this.fallback = byDish.get(ANY_DISH);
    this.shared = List.copyOf(shared);
    this.kit = kit;
  }

  TasterFrames.@Nullable Kit kit() {
    return kit;
  }

  /** The recipe for this dish, or null if neither it nor {@code *} has one. */
  @Nullable AnyRecipe forDish(String dish) {
    AnyRecipe recipe = byDish.get(dish);
    return recipe != null ? recipe : fallback;
  }

  /** All of them, by the dish that {@code --recipe} names. */
  Map<String, AnyRecipe> byDish() {
    return byDish;
  }

  /** Closes all of them, also those after one that fails; throws the first failure. */
  @Override
  public void close() throws Exception {
    List<AutoCloseable> all = new ArrayList<>(byDish.values());
    all.addAll(shared);
    @Nullable Exception failure = null;
    for (AutoCloseable closeable : all) {
      try {
        closeable.close();
      } catch (Exception e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
