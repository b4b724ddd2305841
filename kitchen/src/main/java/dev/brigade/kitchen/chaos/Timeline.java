package dev.brigade.kitchen.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Orders and ends per second since the load began, by append time. Not thread-safe.
 *
 * <p>Ends are the first ones alone: what is cooked again is no progress.
 */
final class Timeline {
  private static final int MILLIS = 1000;
  private static final int USUAL_SECONDS = 10;

  private final long beginMillis;
  private long[] ordered = new long[64];
  private long[] ended = new long[64];
  private int seconds;

  /**
   * @param beginMillis of the epoch; what was appended before counts to the first second
   */
  Timeline(long beginMillis) {
    this.beginMillis = beginMillis;
  }

  void ordered(long appendedAtMillis) {
    int second = second(appendedAtMillis); // may replace the arrays
    ordered[second]++;
  }

  void ended(long appendedAtMillis) {
    int second = second(appendedAtMillis);
    ended[second]++;
  }

  private int second(long appendedAtMillis) {
    int second = (int) Math.max(0, (appendedAtMillis - beginMillis) / MILLIS);
    if (second >= ordered.length) {
      int length = Math.max(second + 1, ordered.length * 2);
      ordered = Arrays.copyOf(ordered, length);
      ended = Arrays.copyOf(ended, length);
    }
    seconds = Math.max(seconds, second + 1);
    return second;
  }

  /**
   * @param second since the load began
   * @param backlog orders without an end at the end of that second
   */
  record Second(int second, long ordered, long ended, long backlog) {}

  List<Second> seconds() {
    List<Second> all = new ArrayList<>(seconds);
    long backlog = 0;
    for (int i = 0; i < seconds; i++) {
      backlog += ordered[i] - ended[i];
      all.add(new Second(i, ordered[i], ended[i], backlog));
    }
    return all;
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
