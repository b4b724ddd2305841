package dev.brigade.recipekit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when the test says so: {@link RecipeKit#advance} and {@link
 * RecipeKit#cookAll}. Give it to the recipe, or to the stand-ins of the services it calls, as their
 * {@link Clock} and in place of {@link Thread#sleep}. Thread-safe.
 */
public final class KitClock extends Clock {
  /** What it shows first. */
  public static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  // Guarded by this.
  private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
  private Instant now = START;
  private long lastNumber;

  /**
   * Waits, on the thread on which the kit called the recipe, until that much time has passed.
   *
   * @throws InterruptedException at the cook timeout
   */
  public void sleep(Duration time) throws InterruptedException {
    if (!(Thread.currentThread() instanceof ChefThread chef)) {
      throw new IllegalStateException(
          "KitClock.sleep is for the thread on which the kit calls the recipe; others use after()");
    }
    chef.sleep(this, time);
  }

  /** Completed when that much time has passed, on the test's thread. For asynchronous recipes. */
  public CompletableFuture<Void> after(Duration time) {
    CompletableFuture<Void> passed = new CompletableFuture<>();
    alarm(this, time, false, () -> passed.complete(null));
    return passed;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    KitClock outer = this;
    return new Clock() {
      @Override
      public Instant instant() {
        return outer.instant();
      }

      @Override
      public ZoneId getZone() {
        return zone;
      }

      @Override
      public Clock withZone(ZoneId other) {
        return outer.withZone(other);
      }
    };
  }

  /**
   * Has something done once that much time has passed.
   *
   * @param owner whose it is, for {@link #forget}
   * @param isTimeout of those due at the same time, timeouts come last
   */
  synchronized Alarm alarm(Object owner, Duration in, boolean isTimeout, Runnable action) {
    Alarm alarm = new Alarm(now.plus(in), isTimeout, ++lastNumber, owner, action);
    alarms.add(alarm);
    return alarm;
  }

  synchronized void cancel(Alarm alarm) {
    alarms.remove(alarm);
  }

  /** Nothing of this owner is done any more. */
  synchronized void forget(Object owner) {
    alarms.removeIf(alarm -> alarm.owner == owner);
  }

  /** The next thing to be done; null if there is none. */
  synchronized @Nullable Alarm next() {
    return alarms.peek();
  }

  /** Moves on to when this alarm is due and does what it is for. */
  void ring(Alarm alarm) {
    cancel(alarm);
    moveTo(alarm.at);
    alarm.action.run();
  }

  synchronized void moveTo(Instant time) {
    if (time.isAfter(now)) {
      now = time;
    }
  }

  /** Ordered by when they ring. */
  record Alarm(Instant at, boolean isTimeout, long number, Object owner, Runnable action)
      implements Comparable<Alarm> {
    @Override
    public int compareTo(Alarm other) {
      int order = at.compareTo(other.at);
      if (order == 0) {
        order = Boolean.compare(isTimeout, other.isTimeout);
      }
      return order != 0 ? order : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }
  }
}
