package dev.brigade.monitor;

import java.time.Duration;
import java.util.List;

/**
 * The windows of time, aligned to the epoch, their ends exclusive. The longer ones consist of whole
 * shortest ones, which is why partitions report shares of the shortest only.
 *
 * @param grace how much clocks of brokers and monitor may differ before an end comes too late for
 *     its window
 */
record WindowTimes(Duration grace) {
  static final int SHORTEST_SECONDS = 10;
  static final List<Integer> SECONDS = List.of(SHORTEST_SECONDS, 60);
  static final WindowTimes STANDARD = new WindowTimes(Duration.ofSeconds(2));

  static long start(long at, int windowSeconds) {
    return Math.floorDiv(at, windowSeconds * 1000L) * windowSeconds * 1000L;
  }

  static long end(long start, int windowSeconds) {
    return start + windowSeconds * 1000L;
  }

  long shareStart(long at) {
    return start(at, SHORTEST_SECONDS);
  }

  long withGrace(long until) {
    return until - grace.toMillis();
  }
}
