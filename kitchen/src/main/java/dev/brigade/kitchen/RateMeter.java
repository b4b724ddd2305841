package dev.brigade.kitchen;

import java.util.Arrays;

/**
 * Events per second over the last two seconds, in steps of a quarter. Not thread-safe; times are
 * milliseconds of one clock.
 */
final class RateMeter {
  private static final long STEP_MILLIS = 250;
  private static final int STEPS = 8;

  private final long[] counts = new long[STEPS + 1];
  private long latestStep;

  void add(long atMillis) {
    long step = advanceTo(atMillis);
    if (step > latestStep - counts.length) {
      counts[(int) (step % counts.length)]++;
    }
  }

  /** Of whole steps only: the one that has just begun says nothing yet. */
  double perSecond(long nowMillis) {
    advanceTo(nowMillis);
    long sum = Arrays.stream(counts).sum() - counts[(int) (latestStep % counts.length)];
    return sum * 1000.0 / (STEPS * STEP_MILLIS);
  }

  private long advanceTo(long atMillis) {
    long step = atMillis / STEP_MILLIS;
    for (long fresh = Math.max(latestStep, step - counts.length) + 1; fresh <= step; fresh++) {
      counts[(int) (fresh % counts.length)] = 0;
    }
    latestStep = Math.max(latestStep, step);
    return step;
  }
}
