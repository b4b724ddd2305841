package dev.brigade.worker;

import java.time.Duration;
import java.util.Map;

/**
 * What protects the services behind recipes.
 *
 * @param breakerPercent share of failed tries at which a recipe's breaker opens, 1 to 100; {@link
 *     #NO_BREAKER} for none
 * @param breakerWait how long an open breaker lets no order pass
 * @param ratePerSecond tries per second by the dish that {@code --recipe} names
 */
record RecipeLimits(int breakerPercent, Duration breakerWait, Map<String, Integer> ratePerSecond) {
  static final int NO_BREAKER = 0;
  static final int DEFAULT_BREAKER_PERCENT = 80;
  static final String DEFAULT_BREAKER_WAIT = "5s";
}
