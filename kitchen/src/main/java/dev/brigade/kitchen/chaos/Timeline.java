package dev.brigade.kitchen.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Orders and ends per second since the load began, and the backlog per tenth of a second, by append
 * time. Not thread-safe.
 *
 * <p>Ends are the first ones alone: what is cooked again is no progress.
 */
final class Timeline {
  private static final int MILLIS = 1000;
  private static final int TICK_MILLIS = 100;
  private static final int TICKS = MILLIS / TICK_MILLIS;
  private static final int USUAL_SECONDS = 10;

  private final long beginMillis;
  private long[] ordered = new long[640];
  private long[] ended = new long[640];
  private int ticks;

  /**
   * @param beginMillis of the epoch; what was appended before counts to the first second
   */
  Timeline(long beginMillis) {
    this.beginMillis = beginMillis;
  }

  void ordered(long appendedAtMillis) {
    int tick = tick(appendedAtMillis); // may replace the arrays
    ordered[tick]++;
  }

  void ended(long appendedAtMillis) {
    int tick = tick(appendedAtMillis);
    ended[tick]++;
  }

  private int tick(long appendedAtMillis) {
    int tick = (int) Math.max(0, (appendedAtMillis - beginMillis) / TICK_MILLIS);
    if (tick >= ordered.length) {
      int length = Math.max(tick + TICKS, ordered.length * 2);
      ordered = Arrays.copyOf(ordered, length);
      ended = Arrays.copyOf(ended, length);
    }
    ticks = Math.max(ticks, tick + 1);
    return tick;
  }

  /**
   * @param second since the load began
   * @param backlog orders without an end at the end of that second
   */
  record Second(int second, long ordered, long ended, long backlog) {}

  List<Second> seconds() {
    List<Second> all = new ArrayList<>(ticks / TICKS + 1);
    long backlog = 0;
    for (int from = 0; from < ticks; from += TICKS) {
      long orders = sum(ordered, from);
      long ends = sum(ended, from);
      backlog += orders - ends;
      all.add(new Second(from / TICKS, orders, ends, backlog));
    }
    return all;
  }

  private static long sum(long[] counts, int from) {
    return Arrays.stream(counts, from, from + TICKS).sum();
  }

  /**
   * When no more than so many orders waited for an end.
   *
   * @param fromMillis of the epoch; not before
   * @return milliseconds of the epoch, right to a tenth of a second; null if that was never so
   */
  @Nullable Long backlogWithin(long mostWaiting, long fromMillis) {
    long backlog = 0;
    for (int tick = 0; tick < ticks; tick++) {
      backlog += ordered[tick] - ended[tick];
      long tickEnd = beginMillis + (tick + 1L) * TICK_MILLIS;
      if (backlog <= mostWaiting && tickEnd > fromMillis) {
        return Math.max(fromMillis, tickEnd - TICK_MILLIS);
      }
    }
    return null;
  }

  /**
   * How long an order waits for its end while nothing fails, by how many wait: where that is long,
   * the machine was busy before, and what faults cost there is more than elsewhere.
   *
   * @param firstFaultMillis when the first one came; what is counted are the last seconds before
   * @return seconds
   */
  static double usualWait(List<Second> seconds, long firstFaultMillis, double perSecond) {
    int end = (int) Math.min(seconds.size(), firstFaultMillis / MILLIS);
    long[] backlogs =
        seconds.subList(Math.max(0, end - USUAL_SECONDS), end).stream()
            .mapToLong(Second::backlog)
            .sorted()
            .toArray();
    return backlogs.length == 0 ? 0 : backlogs[backlogs.length / 2] / perSecond;
  }

  /** The most seconds in a row without an end while orders waited for one. */
  static int longestStandstill(List<Second> seconds) {
    int longest = 0;
    int standstill = 0;
    for (Second second : seconds) {
      standstill = second.ended() == 0 && second.backlog() > 0 ? standstill + 1 : 0;
      longest = Math.max(longest, standstill);
    }
    return longest;
  }
}
