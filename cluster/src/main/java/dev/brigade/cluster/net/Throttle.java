package dev.brigade.cluster.net;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A slow line per direction, shared by all connections that the rule selects. */
final class Throttle implements Shape {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A fifth of a second's bytes wait per connection, as a router's short queue holds. */
  private static final int WINDOWS_PER_SECOND = 5;

  private final long bytesPerSecond;
  private final Map<Direction, Long> free = new EnumMap<>(Direction.class);

  Throttle(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public long due(Direction direction, int bytes, long now) {
    long due = Math.max(now, free.getOrDefault(direction, 0L)) + bytes * SECOND / bytesPerSecond;
    free.put(direction, due);
    return due;
  }

  @Override
  public int window() {
    return (int) Math.max(1, Math.min(MOST_WAITING, bytesPerSecond / WINDOWS_PER_SECOND));
  }
}
