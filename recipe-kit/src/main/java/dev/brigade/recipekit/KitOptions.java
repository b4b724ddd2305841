package dev.brigade.recipekit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the worker in the kit works; the defaults are those of {@code brigade worker}. Immutable.
 *
 * @param clock the time that recipe and kit share
 * @param maxAttempts as {@code --max-attempts}
 * @param maxElapsed as {@code --max-elapsed}; null for any time
 * @param cookTimeout as {@code --cook-timeout}
 * @param chefs as {@code --chefs}: tries under way at the same time
 * @param patience real time after which the kit gives up on a recipe that neither returns nor
 *     sleeps on the clock; it only ends tests that would hang
 */
public record KitOptions(
    KitClock clock,
    int maxAttempts,
    @Nullable Duration maxElapsed,
    Duration cookTimeout,
    int chefs,
    Duration patience) {
  public KitOptions {
    if (maxAttempts < 1 || chefs < 1) {
      throw new IllegalArgumentException(
          "maxAttempts and chefs are at least 1, not " + maxAttempts + " and " + chefs);
    }
    if (cookTimeout.isNegative() || cookTimeout.isZero()) {
      throw new IllegalArgumentException("cookTimeout is more than 0, not " + cookTimeout);
    }
  }

  /** A clock of its own, 5 attempts, 60 s to cook, 16 chefs, 10 s of patience. */
  public static KitOptions defaults() {
    return new KitOptions(
        new KitClock(), 5, null, Duration.ofSeconds(60), 16, Duration.ofSeconds(10));
  }

  public KitOptions clock(KitClock value) {
    return new KitOptions(value, maxAttempts, maxElapsed, cookTimeout, chefs, patience);
  }

  public KitOptions maxAttempts(int value) {
    return new KitOptions(clock, value, maxElapsed, cookTimeout, chefs, patience);
  }

  public KitOptions maxElapsed(Duration value) {
    return new KitOptions(clock, maxAttempts, value, cookTimeout, chefs, patience);
  }

  public KitOptions cookTimeout(Duration value) {
    return new KitOptions(clock, maxAttempts, maxElapsed, value, chefs, patience);
  }

  public KitOptions chefs(int value) {
    return new KitOptions(clock, maxAttempts, maxElapsed, cookTimeout, value, patience);
  }

  public KitOptions patience(Duration value) {
    return new KitOptions(clock, maxAttempts, maxElapsed, cookTimeout, chefs, value);
  }
}
