package dev.brigade.audit;

import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.LatencyWindow.EncodedHistogram;
import dev.brigade.orders.LatencyWindow.LatencyStats;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** What a window of the monitor must say, computed from the ends themselves. Not thread-safe. */
final class WindowFigures {
  /** As the contract has it: 24 hours, two significant digits. */
  private static final long MAX_MICROS = 24L * 60 * 60 * 1_000_000;

  private static final int SIGNIFICANT_DIGITS = 2;

  private final Instant end;
  private final Histogram histogram = empty();
  private final Extremes completion = new Extremes();
  private final Extremes waiting = new Extremes();
  private final Extremes cook = new Extremes();
  private long count;
  private long dead;
  private long clamped;

  /** Least and greatest of latencies, in microseconds. */
  private static final class Extremes {
    private long min = Long.MAX_VALUE;
    private long max;

    void add(long micros) {
      min = Math.min(min, micros);
      max = Math.max(max, micros);
    }

    private void compare(String name, LatencyStats told, List<String> differences) {
      double expectedMin = max < min ? 0 : min / 1000.0;
      differs(name + ".minMs", told.minMs(), expectedMin, differences);
      differs(name + ".maxMs", told.maxMs(), max / 1000.0, differences);
    }
  }

  WindowFigures(Instant end) {
    this.end = end;
  }

  Instant end() {
    return end;
  }

  private static Histogram empty() {
    return new Histogram(1, MAX_MICROS, SIGNIFICANT_DIGITS);
  }

  void meal(EndSeen meal) {
    count++;
    long micros = clamp(meal.completion());
    histogram.recordValue(micros);
    completion.add(micros);
    waiting.add(clamp(meal.waiting()));
    cook.add(clamp(meal.cook()));
  }

  private long clamp(long micros) {
    long within = Math.max(0, Math.min(MAX_MICROS, micros));
    clamped += within == micros ? 0 : 1;
    return within;
  }

  void deadLetter() {
    dead++;
  }

  /** Whether ends are still to come into the window, and none in it is too many. */
  boolean hasMoreThan(LatencyWindow told) {
    return told.count() <= count
        && told.dead() <= dead
        && told.count() + told.dead() < count + dead;
  }

  /** How the window differs, one line each; nothing if it is right. */
  List<String> differences(LatencyWindow told) {
    List<String> differences = new ArrayList<>();
    differs("count", told.count(), count, differences);
    differs("dead", told.dead(), dead, differences);
    differs("clamped", told.clamped(), clamped, differences);
    completion.compare("completion", told.completion(), differences);
    waiting.compare("wait", told.waiting(), differences);
    cook.compare("cook", told.cook(), differences);
    if (told.histogram() != null) {
      histogram(told.histogram(), differences);
    }
    return differences;
  }

  private void histogram(EncodedHistogram encoded, List<String> differences) {
    try {
      Histogram told = empty();
      told.add(
          Histogram.decodeFromCompressedByteBuffer(
              ByteBuffer.wrap(Base64.getDecoder().decode(encoded.completion())), MAX_MICROS));
      differs("histogram's total", told.getTotalCount(), histogram.getTotalCount(), differences);
      if (told.getTotalCount() == histogram.getTotalCount() && !told.equals(histogram)) {
        differences.add("the histogram's buckets are others");
      }
    } catch (DataFormatException | RuntimeException e) {
      differences.add("the histogram cannot be read: " + e.getMessage());
    }
  }

  private static void differs(String name, double told, double expected, List<String> differences) {
    if (told != expected) {
      differences.add("%s is %s, not %s".formatted(name, told, expected));
    }
  }
}
