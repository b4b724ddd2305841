package dev.brigade.producer;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When customers mean to order: an open model, whose times follow from the rate alone. A sender
 * that falls behind catches up and does not move them, so that its own delays count as waiting.
 */
final class ArrivalSchedule {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Parking for less costs more than it waits. */
  private static final long MIN_PARK_NANOS = 50_000;

  private static final long MAX_PARK_NANOS = 100_000_000;

  private final @Nullable Rate rate;
  private final Clock clock;
  private final long startNanos;
  private final Instant start;

  /** The time, as the wall shows it and as durations are measured. */
  record Clock(Supplier<Instant> wall, LongSupplier nanos) {
    static Clock system() {
      return new Clock(Instant::now, System::nanoTime);
    }
  }

  /**
   * @param rate null if every order is meant for the moment it is sent
   */
  ArrivalSchedule(@Nullable Rate rate, Clock clock) {
    this.rate = rate;
    this.clock = clock;
    this.startNanos = clock.nanos().getAsLong();
    this.start = clock.wall().get();
  }

  /** The intended time of order {@code i}, from 0; microseconds. */
  Instant intended(long i) {
    Instant time = rate == null ? clock.wall().get() : start.plusNanos(offsetNanos(rate, i));
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  /** How long until order {@code i} is due, in nanoseconds; 0 or less if it is. */
  long untilDue(long i) {
    return rate == null ? 0 : startNanos + offsetNanos(rate, i) - clock.nanos().getAsLong();
  }

  private static long offsetNanos(Rate rate, long i) {
    return (long) (i * (NANOS_PER_SECOND / rate.perSecond()));
  }

  /** Returns when order {@code i} is due, or earlier if the stop is requested. */
  void awaitDue(long i, StopSignal stop) {
    long wait;
    while ((wait = untilDue(i)) > MIN_PARK_NANOS && !stop.isRequested()) {
      LockSupport.parkNanos(this, Math.min(wait, MAX_PARK_NANOS));
    }
  }
}
