package dev.brigade.worker;

import dev.brigade.orders.Order;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code simulate:}: takes time as cooking does, fails as chefs do, and makes nothing. */
final class SimulateRecipe implements Recipe {
  static final String FAILURE = "the chef failed (simulated)";

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final long nanos;
  private final double jitter;
  private final double fail;

  /**
   * @param duration of one try
   * @param jitter 0 to 1: a try takes the duration times 1 ± jitter, uniformly
   * @param fail 0 to 1: the probability that a try fails, when its time is over
   */
  SimulateRecipe(Duration duration, double jitter, double fail) {
    this.nanos = duration.toNanos();
    this.jitter = jitter;
    this.fail = fail;
  }

  @Override
  public CookResult cook(Order order, CookContext context) throws InterruptedException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    pause(nanosFor(random.nextDouble()));
    return random.nextDouble() < fail ? CookResult.retry(FAILURE) : CookResult.cooked();
  }

  /**
   * @param chance 0 to 1, from the shortest try to the longest
   */
  long nanosFor(double chance) {
    return Math.round(nanos * (1 + jitter * (2 * chance - 1)));
  }

  private static void pause(long nanos) throws InterruptedException {
    if (nanos >= NANOS_PER_MILLI) {
      TimeUnit.NANOSECONDS.sleep(nanos);
      return;
    }
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
