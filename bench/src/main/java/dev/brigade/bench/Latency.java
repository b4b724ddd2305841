package dev.brigade.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * An open model: orders are placed at a steady rate whatever becomes of them, so that a contender
 * that stalls is charged with every order that waits meanwhile. Latency is from the time an order
 * was due to its meal's append time, which the broker tells in whole milliseconds; or until a
 * reader has it.
 */
final class Latency implements Procedure {
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration MEASURED = Duration.ofSeconds(20);

  private final double ordersPerSecond;
  private final double shareOfCapacity;

  private final boolean visible;

  private Latency(double ordersPerSecond, double shareOfCapacity, boolean visible) {
    this.ordersPerSecond = ordersPerSecond;
    this.shareOfCapacity = shareOfCapacity;
    this.visible = visible;
  }

  static Latency atRate(double ordersPerSecond) {
    return new Latency(ordersPerSecond, 0, false);
  }

  /** Until a reader with read_committed has the meal, not until it is appended. */
  static Latency atRateUntilVisible(double ordersPerSecond) {
    return new Latency(ordersPerSecond, 0, true);
  }

  /**
   * @param share of what the contender drains per second, measured first in the same run
   */
  static Latency atShareOfCapacity(double share) {
    return new Latency(0, share, false);
  }

  @Override
  public Outcome run(Run run) throws InterruptedException {
    if (shareOfCapacity == 0) {
      return measure(run, ordersPerSecond);
    }
    Outcome drained = Drain.drain(run, OrderBook.of(run.work()));
    return drained.faults().isEmpty()
        ? measure(run, drained.figures().getOrDefault(Figure.STEADY_RATE, 1.0) * shareOfCapacity)
        : drained;
  }

  private Outcome measure(Run run, double rate) throws InterruptedException {
    int orders = (int) (rate * WARM_UP.plus(MEASURED).toSeconds());
    OrderBook book = OrderBook.of(run.work().withOrders(orders));
    int firstMeasured = (int) (rate * WARM_UP.toSeconds());
    try (Stage stage = run.stage()) {
      ContenderProcess process = stage.start();
      try (OpenLoad load = new OpenLoad(stage.site(), book, rate, firstMeasured);
          @Nullable VisibleMeals seen = visible ? VisibleMeals.of(stage.site(), book) : null) {
        stage.awaitEnd(book.size());
        load.stop();
        stage.stopAll();
        if (seen != null) {
          seen.close();
        }
        MealLog meals = MealLog.read(stage.site(), book);
        Histogram micros = latencies(meals, load, seen, firstMeasured);
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.OFFERED_RATE, rate);
        figures.put(Figure.P50, micros.getValueAtPercentile(50) / 1000.0);
        figures.put(Figure.P99, micros.getValueAtPercentile(99) / 1000.0);
        figures.put(Figure.P999, micros.getValueAtPercentile(99.9) / 1000.0);
        figures.put(Figure.MAX, micros.getMaxValue() / 1000.0);
        figures.put(Figure.GENERATOR_LATE_P99, load.lateMillisP99());
        stage.costs(meals.span(order -> order >= firstMeasured), process, figures);
        return new Outcome(figures, meals.faults(run.contender().promise(), false));
      }
    }
  }

  private static Histogram latencies(
      MealLog meals, OpenLoad load, @Nullable VisibleMeals seen, int firstMeasured) {
    Histogram micros = new Histogram(TimeUnit.HOURS.toMicros(1), 3);
    for (int meal = 0; meal < meals.size(); meal++) {
      int order = meals.order(meal);
      if (order >= firstMeasured) {
        Instant there =
            seen != null ? seen.seenAt(order) : Instant.ofEpochMilli(meals.appendedAt(meal));
        long micro = ChronoUnit.MICROS.between(load.placedAt(order), there);
        micros.recordValue(Math.max(0, micro));
      }
    }
    return micros;
  }
}
