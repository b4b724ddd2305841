package dev.brigade.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.LatencyWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * The windows as somebody would compute them who has all records in front of them: the model that
 * the topology is held against. Knows nothing of partitions, time that passes, or order of arrival.
 */
final class NaiveWindows {
  private final Map<String, Window> windows = new TreeMap<>();

  /** One window's values, one by one. */
  private static final class Window {
    final List<Long> completion = new ArrayList<>();
    final List<Long> waiting = new ArrayList<>();
    final List<Long> cook = new ArrayList<>();
    long dead;
  }

  /** The first end of an order was a meal. */
  void cooked(String dish, Instant at, long completion, long waiting, long cook) {
    for (Window window : of(dish, at)) {
      window.completion.add(completion);
      window.waiting.add(waiting);
      window.cook.add(cook);
    }
  }

  /**
   * The first end of an order was a dead letter.
   *
   * @param dish empty if the order could not be decoded
   */
  void dead(String dish, Instant at) {
    of(dish, at).forEach(window -> window.dead++);
  }

  private List<Window> of(String dish, Instant at) {
    List<Window> found = new ArrayList<>();
    for (int seconds : new int[] {10, 60}) {
      long start = at.getEpochSecond() / seconds * seconds * 1000;
      found.add(windows.computeIfAbsent("*|" + seconds + "|" + start, key -> new Window()));
      if (!dish.isEmpty()) {
        found.add(windows.computeIfAbsent(dish + "|" + seconds + "|" + start, key -> new Window()));
      }
    }
    return found;
  }

  /** How many ends all windows of all dishes and this length have together. */
  long ends(int seconds) {
    return windows.entrySet().stream()
        .filter(window -> window.getKey().startsWith("*|" + seconds + "|"))
        .mapToLong(window -> window.getValue().completion.size() + window.getValue().dead)
        .sum();
  }

  static long ends(Collection<LatencyWindow> published, int seconds) {
    return published.stream()
        .filter(window -> window.dish().equals("*") && window.windowSeconds() == seconds)
        .mapToLong(window -> window.count() + window.dead())
        .sum();
  }

  /**
   * @param published the last revision of every window by its key; those in which nothing ended may
   *     be among them
   */
  void assertSameAs(Map<String, LatencyWindow> published) throws Exception {
    assertThat(published.keySet()).containsAll(windows.keySet());
    for (LatencyWindow window : published.values()) {
      Window expected = windows.getOrDefault(window.key(), new Window());
      assertThat(window.count()).as(window.key()).isEqualTo(expected.completion.size());
      assertThat(window.dead()).as(window.key()).isEqualTo(expected.dead);
      assertSame(window.key() + " completion", window.completion(), expected.completion);
      assertSame(window.key() + " wait", window.waiting(), expected.waiting);
      assertSame(window.key() + " cook", window.cook(), expected.cook);
      assertThat(LatencyHistograms.completion(window))
          .as(window.key())
          .isEqualTo(histogram(expected.completion));
    }
  }

  private static void assertSame(
      String name, LatencyWindow.LatencyStats stats, List<Long> expected) {
    if (expected.isEmpty()) {
      assertThat(stats.maxMs()).as(name).isZero();
      return;
    }
    List<Long> sorted = expected.stream().sorted().toList();
    assertThat(stats.minMs()).as(name).isEqualTo(sorted.get(0) / 1000.0);
    assertThat(stats.maxMs()).as(name).isEqualTo(sorted.get(sorted.size() - 1) / 1000.0);
    double mean = expected.stream().mapToLong(Long::longValue).average().orElseThrow();
    assertThat(stats.meanMs()).as(name).isEqualTo(Math.round(mean) / 1000.0);
    assertNear(name, stats.p50Ms(), sorted, 0.5);
    assertNear(name, stats.p90Ms(), sorted, 0.9);
    assertNear(name, stats.p95Ms(), sorted, 0.95);
    assertNear(name, stats.p99Ms(), sorted, 0.99);
    assertNear(name, stats.p999Ms(), sorted, 0.999);
  }

  /** Two significant digits: off by no more than one in a hundred and the rounding to 1 us. */
  private static void assertNear(
      String name, double percentileMs, List<Long> sorted, double percentile) {
    int rank = Math.max(1, (int) Math.ceil(percentile * sorted.size()));
    double exact = sorted.get(rank - 1) / 1000.0;
    assertThat(Math.abs(percentileMs - exact))
        .as("%s p%s: %s, exactly %s", name, percentile * 100, percentileMs, exact)
        .isLessThanOrEqualTo(exact * 0.01 + 0.001);
  }

  private static Histogram histogram(List<Long> micros) {
    Histogram histogram = LatencyHistograms.empty();
    micros.forEach(histogram::recordValue);
    return histogram;
  }
}
