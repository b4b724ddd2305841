package dev.brigade.worker;

import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A timer for each dish, up to a number of them; the dishes that come later share one. Dishes are
 * named by whoever orders, and every name would be a series more. Thread-safe; a known dish costs
 * one look-up.
 */
final class DishTimers {
  static final int MAX_DISHES = 100;

  /** The dish of all those that came too late. */
  static final String OTHER = "other";

  private final Function<String, Timer> timerOfDish;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  /** Set once there are as many dishes as may be. */
  private volatile @Nullable Timer other;

  /**
   * @param timerOfDish gives the same timer for the same dish
   */
  DishTimers(Function<String, Timer> timerOfDish) {
    this.timerOfDish = timerOfDish;
  }

  Timer of(String dish) {
    Timer known = timers.get(dish);
    if (known != null) {
      return known;
    }
    Timer rest = other;
    return rest != null ? rest : add(dish);
  }

  private synchronized Timer add(String dish) {
    if (timers.size() < MAX_DISHES) {
      return timers.computeIfAbsent(dish, timerOfDish);
    }
    Timer rest = timerOfDish.apply(OTHER);
    other = rest;
    return timers.getOrDefault(dish, rest);
  }
}
