package dev.brigade.cluster.net;

import java.util.SplittableRandom;

/** Every chunk arrives later by the delay and a part of the jitter, each part as likely. */
record Delay(long nanos, long jitterNanos, SplittableRandom random) implements Shape {
  @Override
  public long due(Direction direction, int bytes, long now) {
    return now + nanos + (jitterNanos == 0 ? 0 : random.nextLong(jitterNanos + 1));
  }
}
