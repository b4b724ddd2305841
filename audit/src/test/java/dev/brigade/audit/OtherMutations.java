package dev.brigade.audit;

import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.LatencyWindow.EncodedHistogram;
import dev.brigade.orders.LatencyWindow.LatencyStats;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Of the monitor's windows, of what two readers saw, and of what is told. */
final class OtherMutations {
  private static final TopicPartition MEALS = AlteredHistory.log("meals");

  private OtherMutations() {}

  static Stream<Mutation> all() {
    return Stream.of(windows(), scans(), told()).flatMap(Function.identity());
  }

  private static Stream<Mutation> windows() {
    return Stream.of(
        window("count", w -> window(w, w.count() + 1, w.dead(), w.clamped(), w.histogram())),
        window("dead", w -> window(w, w.count(), w.dead() + 1, w.clamped(), w.histogram())),
        window("clamped", w -> window(w, w.count(), w.dead(), w.clamped() + 1, w.histogram())),
        window("completion's min", w -> stats(w, off(w.completion(), 1, 0), w.waiting(), w.cook())),
        window("completion's max", w -> stats(w, off(w.completion(), 0, 1), w.waiting(), w.cook())),
        window("wait's min", w -> stats(w, w.completion(), off(w.waiting(), 1, 0), w.cook())),
        window("wait's max", w -> stats(w, w.completion(), off(w.waiting(), 0, 1), w.cook())),
        window("cook's min", w -> stats(w, w.completion(), w.waiting(), off(w.cook(), 1, 0))),
        window("cook's max", w -> stats(w, w.completion(), w.waiting(), off(w.cook(), 0, 1))),
        window("the histogram's total", w -> histogram(w, w.count() + 1)),
        window("the histogram's buckets", w -> histogram(w, w.count())),
        window(
            "the histogram's bytes",
            w -> window(w, w.count(), w.dead(), w.clamped(), new EncodedHistogram("?", "garbage"))),
        Mutation.of(
            "a window is missing",
            Invariant.I9,
            history -> history.windows.keySet().remove(history.windows.keySet().iterator().next())),
        aWindow(
            "a final window lacks an end",
            Invariant.I9,
            w -> window(w, w.count() - 1, w.dead(), w.clamped(), w.histogram())),
        aWindow(
            "a window that is not final has an end too many",
            Invariant.I9,
            w -> inTheMaking(w, w.count() + 1, w.completion())),
        aWindow(
            "a window that is not final has all ends and a wrong latency",
            Invariant.I9,
            w -> inTheMaking(w, w.count(), off(w.completion(), 0, 1))),
        aWindow(
            "a window that is not final lacks an end",
            Invariant.I11,
            w -> inTheMaking(w, w.count() - 1, w.completion())),
        Mutation.of(
            "the monitor has published nothing", Invariant.I11, history -> history.windows.clear()),
        Mutation.of(
            "a latency is negative",
            Invariant.I9,
            history -> {
              List<EndSeen> meals = history.meals();
              meals.set(meals.size() - 1, negative(meals.get(meals.size() - 1)));
              history.monitored = false;
            }));
  }

  private static Mutation window(String figure, UnaryOperator<LatencyWindow> change) {
    return aWindow(figure + " of a window is wrong", Invariant.I9, change);
  }

  private static Mutation aWindow(
      String name, Invariant broken, UnaryOperator<LatencyWindow> change) {
    return Mutation.of(
        name,
        broken,
        history ->
            history.windows.compute(
                history.windows.keySet().iterator().next(),
                (key, w) -> change.apply(Objects.requireNonNull(w))));
  }

  private static LatencyStats off(LatencyStats stats, int minMicros, int maxMicros) {
    return new LatencyStats(
        stats.minMs() + minMicros / 1000.0, stats.maxMs() + maxMicros / 1000.0, 0, 0, 0, 0, 0, 0);
  }

  private static LatencyWindow stats(
      LatencyWindow w, LatencyStats completion, LatencyStats waiting, LatencyStats cook) {
    return window(
        w, w.count(), w.dead(), w.clamped(), w.histogram(), completion, waiting, cook, w.isFinal());
  }

  private static LatencyWindow inTheMaking(LatencyWindow w, long count, LatencyStats completion) {
    return window(
        w, count, w.dead(), w.clamped(), w.histogram(), completion, w.waiting(), w.cook(), false);
  }

  private static LatencyWindow histogram(LatencyWindow w, long total) {
    long[] micros = LongStream.range(0, total).map(i -> 1_000 * i).toArray();
    return window(w, w.count(), w.dead(), w.clamped(), ExpectedWindows.histogram(micros));
  }

  private static LatencyWindow window(
      LatencyWindow w, long count, long dead, long clamped, @Nullable EncodedHistogram histogram) {
    return window(
        w, count, dead, clamped, histogram, w.completion(), w.waiting(), w.cook(), w.isFinal());
  }

  private static LatencyWindow window(
      LatencyWindow w,
      long count,
      long dead,
      long clamped,
      @Nullable EncodedHistogram histogram,
      LatencyStats completion,
      LatencyStats waiting,
      LatencyStats cook,
      boolean isFinal) {
    return new LatencyWindow(
        w.dish(),
        w.windowSeconds(),
        w.windowStart(),
        w.windowEnd(),
        count,
        dead,
        w.throughputPerSecond(),
        completion,
        waiting,
        cook,
        clamped,
        w.revision(),
        isFinal,
        histogram,
        w.open(),
        w.oldestOpenMs(),
        w.overdue());
  }

  private static EndSeen negative(EndSeen meal) {
    return new EndSeen(
        meal.offset(),
        meal.orderOffset(),
        meal.worker(),
        meal.dish(),
        meal.identity(),
        meal.appendedAt(),
        meal.startedAt(),
        meal.finishedAt(),
        meal.completion(),
        -1,
        meal.cook());
  }

  private static Stream<Mutation> scans() {
    return Stream.of(
        Mutation.of(
            "a record is gone in the end",
            Invariant.I10,
            history -> history.live.add(MEALS, 1_000_000, 1)),
        Mutation.of(
            "a record was passed unseen",
            Invariant.I10,
            history -> {
              history.last.add(MEALS, 1_000_000, 1);
              history.live.add(MEALS, 1_000_001, 1);
              history.last.add(MEALS, 1_000_001, 1);
            }),
        Mutation.of(
            "a record has changed",
            Invariant.I10,
            history -> {
              history.live.add(MEALS, 1_000_000, 1);
              history.last.add(MEALS, 1_000_000, 2);
            }),
        Mutation.of(
            "a reader that had to begin anew saw something else",
            Invariant.I10,
            history -> {
              history.live.add(MEALS, 0, 1);
              history.live.add(MEALS, 0, 2);
            }));
  }

  private static Stream<Mutation> told() {
    List<String> line = List.of("one");
    List<String> none = List.of();
    return Stream.of(
        Mutation.of(
            "a recovery was missed",
            Invariant.I11,
            history -> history.missedRecoveries.add("17 s after the kill of w1")),
        left("an open transaction", new Leftovers(line, none, none, none)),
        left("a wrong exit code", new Leftovers(none, line, none, none)),
        left("a leak", new Leftovers(none, none, line, none)),
        left("a secret", new Leftovers(none, none, none, line)));
  }

  private static Mutation left(String name, Leftovers leftovers) {
    return Mutation.of(name, Invariant.I12, history -> history.leftovers = leftovers);
  }
}
