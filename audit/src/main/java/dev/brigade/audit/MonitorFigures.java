package dev.brigade.audit;

import dev.brigade.orders.LatencyWindow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * I9. Each order's first end counts, in the windows of its append time. A window that is not final
 * and lacks ends is not wrong but late, which is I11.
 */
final class MonitorFigures implements Check {
  private static final List<Integer> WINDOW_SECONDS = List.of(10, 60);

  private final Map<String, WindowFigures> expected = new TreeMap<>();

  @Override
  public List<Violation> check(Evidence evidence) {
    Tally negative = new Tally(Invariant.I9, "orders were cooked before they were placed");
    for (PartitionEvidence partition : evidence.partitions()) {
      for (EndSeen meal : partition.meals().firsts) {
        if (Math.min(meal.completion(), Math.min(meal.waiting(), meal.cook())) < 0) {
          negative.add("order %s", partition.place(meal.orderOffset()));
        }
      }
    }
    Tally wrong = new Tally(Invariant.I9, "windows of the monitor are wrong");
    Tally unfinished =
        new Tally(Invariant.I11, "windows of the monitor are not final and lack ends");
    if (evidence.history().monitored()) {
      evidence.partitions().forEach(this::expect);
      compare(evidence.history().scan().windows(), wrong, unfinished);
    }
    return Tally.violations(negative, wrong, unfinished);
  }

  private void expect(PartitionEvidence partition) {
    for (EndSeen meal : partition.meals().firsts) {
      if (partition.isFirst(meal, partition.deadLetters())) {
        windows(meal.dish(), meal.appendedAt(), meal);
      }
    }
    for (EndSeen letter : partition.deadLetters().firsts) {
      int order = partition.number(letter.orderOffset());
      if (partition.isFirst(letter, partition.meals())) {
        windows(partition.orders().get(order).dish(), letter.appendedAt(), null);
      }
    }
  }

  private void windows(String dish, long at, @Nullable EndSeen meal) {
    for (int seconds : WINDOW_SECONDS) {
      count(LatencyWindow.ALL_DISHES, seconds, at, meal);
      if (!dish.isEmpty()) {
        count(dish, seconds, at, meal);
      }
    }
  }

  private void count(String dish, int seconds, long at, @Nullable EndSeen meal) {
    long start = Math.floorDiv(at, seconds * 1000L) * seconds * 1000L;
    WindowFigures window =
        expected.computeIfAbsent(
            dish + "|" + seconds + "|" + start,
            none -> new WindowFigures(Instant.ofEpochMilli(start + seconds * 1000L)));
    if (meal == null) {
      window.deadLetter();
    } else {
      window.meal(meal);
    }
  }

  /**
   * Windows become final in the order of their ends: what is beyond the last one is in the making.
   */
  private void compare(Map<String, LatencyWindow> told, Tally wrong, Tally unfinished) {
    Instant finalUntil =
        told.values().stream()
            .filter(LatencyWindow::isFinal)
            .map(LatencyWindow::windowEnd)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    expected.forEach(
        (key, window) -> {
          if (!told.containsKey(key)) {
            (window.end().isAfter(finalUntil) ? unfinished : wrong)
                .add("window %s is missing", key);
          }
        });
    new TreeMap<>(told)
        .forEach(
            (key, window) -> {
              WindowFigures right =
                  expected.getOrDefault(key, new WindowFigures(window.windowEnd()));
              List<String> differences = right.differences(window);
              if (!differences.isEmpty()) {
                boolean inTheMaking = !window.isFinal() && right.hasMoreThan(window);
                (inTheMaking ? unfinished : wrong)
                    .add("window %s: %s", key, String.join("; ", differences));
              }
            });
  }
}
