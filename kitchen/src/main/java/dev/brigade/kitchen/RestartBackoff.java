package dev.brigade.kitchen;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How long a dead worker's replacement waits: not at all, unless the one before died soon, too;
 * then 0.5 s at most, doubling up to 30 s, of which a random half is left out so that workers that
 * died together do not start together. Not thread-safe.
 */
final class RestartBackoff {
  /** Whoever lived for so long has started well: what killed it may be gone. */
  static final Duration LONG_LIFE = Duration.ofSeconds(10);

  static final Duration MAX = Duration.ofSeconds(30);

  private static final Duration FIRST = Duration.ofMillis(500);

  private final Supplier<? extends RandomGenerator> random;
  private Duration next = Duration.ZERO;

  /**
   * @param random asked for on the caller's thread
   */
  RestartBackoff(Supplier<? extends RandomGenerator> random) {
    this.random = random;
  }

  /**
   * @param lived from the start to the end of the process that has died
   */
  Duration afterLifeOf(Duration lived) {
    Duration longest = lived.compareTo(LONG_LIFE) < 0 ? next : Duration.ZERO;
    next = longest.isZero() ? FIRST : min(longest.multipliedBy(2), MAX);
    long half = longest.toMillis() / 2;
    return Duration.ofMillis(half + random.get().nextLong(half + 1));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
