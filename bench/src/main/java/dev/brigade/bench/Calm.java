package dev.brigade.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The machine at rest before a measurement: a broker that was just loaded goes on compiling what it
 * did for seconds, and who starts first would bear that.
 */
final class Calm {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** Of one processor, used by all processes together. */
  private static final double AT_REST = 0.1;

  /** A machine that is never at rest is measured as it is; the neighbours' column tells. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private Calm() {}

  /** Returns once hardly anything has run for a third of a second, or after 20 s. */
  static void await() {
    long start = System.nanoTime();
    long at = start;
    long used = ProcessTimes.machineMicros();
    double share;
    do {
      LockSupport.parkNanos(LOOK_NANOS);
      long now = System.nanoTime();
      long usedNow = ProcessTimes.machineMicros();
      share = (usedNow - used) * 1_000.0 / (now - at);
      at = now;
      used = usedNow;
    } while (share > AT_REST && at - start < PATIENCE_NANOS);
  }
}
