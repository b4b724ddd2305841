package dev.brigade.cluster.net;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What a lossy line is to who uses TCP: the bytes come, but a retransmission timeout later, and
 * after twice that if they are lost again.
 */
record Loss(double probability, SplittableRandom random) implements Shape {
  /** Linux's shortest. */
  static final long FIRST_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(200);

  /** Then the timeout grows no more: 12.8 s. */
  private static final int DOUBLINGS = 6;

  @Override
  public long due(Direction direction, int bytes, long now) {
    long due = now;
    for (int lost = 0; random.nextDouble() < probability; lost++) {
      due += FIRST_TIMEOUT << Math.min(lost, DOUBLINGS);
    }
    return due;
  }
}
