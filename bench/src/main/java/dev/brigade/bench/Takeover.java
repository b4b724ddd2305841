package dev.brigade.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Two processes share the partitions while orders keep coming; then one is killed, or told to stop,
 * or a third one comes. How long each partition stands without a meal, apart for those that changed
 * hands and those that others kept.
 */
final class Takeover implements Procedure {
  /** What happens. */
  enum Event {
    KILL,
    TERMINATE,
    JOIN
  }

  private static final double ORDERS_PER_SECOND = 600;

  /** Until both processes are at work, and warm. */
  private static final Duration BEFORE = Duration.ofSeconds(15);

  /** At least so long after the event. */
  private static final Duration AFTER = Duration.ofSeconds(10);

  /** A group that has not recovered by then does not. Defaults of Kafka's clients take 45 s. */
  private static final int LIMIT_SECONDS = 180;

  /** A backlog of so many orders is none: they are on their way. */
  private static final int ON_THEIR_WAY = (int) ORDERS_PER_SECOND / 2;

  private final Event event;

  Takeover(Event event) {
    this.event = event;
  }

  @Override
  public Outcome run(Run run) throws InterruptedException {
    OrderBook book = OrderBook.of(run.work().withOrders((int) ORDERS_PER_SECOND * LIMIT_SECONDS));
    try (Stage stage = run.stage()) {
      stage.start();
      ContenderProcess victim = stage.start();
      try (OpenLoad load = new OpenLoad(stage.site(), book, ORDERS_PER_SECOND, 0)) {
        stage.pause(BEFORE);
        stage.awaitMeals(load.sent() - ON_THEIR_WAY);
        long at = System.currentTimeMillis();
        happen(stage, victim, run.contender().supervisor());
        stage.pause(AFTER);
        while (stage.meals() < load.sent() - ON_THEIR_WAY) {
          stage.awaitMeals(load.sent() - ON_THEIR_WAY);
        }
        load.stop();
        OrderBook placed = book.first(load.sent());
        stage.awaitEnd(placed.size());
        stage.stopAll();
        MealLog meals = MealLog.read(stage.site(), placed);
        return new Outcome(
            standstills(meals, placed, run.work().partitions(), at),
            meals.faults(run.contender().promise(), true));
      }
    }
  }

  private void happen(Stage stage, ContenderProcess victim, boolean supervisor) {
    switch (event) {
      case KILL -> {
        if (supervisor) {
          victim.killChildren();
        } else {
          stage.kill(victim);
        }
      }
      case TERMINATE -> stage.terminate(victim);
      case JOIN -> Objects.requireNonNull(stage.start());
    }
  }

  private static Map<Figure, Double> standstills(
      MealLog meals, OrderBook book, int partitions, long event) {
    int[] workerBefore = new int[partitions];
    boolean[] moved = new boolean[partitions];
    long[] lastMeal = new long[partitions];
    long[] longest = new long[partitions];
    Arrays.fill(workerBefore, -1);
    for (int meal = 0; meal < meals.size(); meal++) {
      int partition = book.partition(meals.order(meal));
      long at = meals.appendedAt(meal);
      if (at <= event) {
        workerBefore[partition] = meals.worker(meal);
      } else {
        longest[partition] = Math.max(longest[partition], at - lastMeal[partition]);
        moved[partition] |= workerBefore[partition] != meals.worker(meal);
      }
      lastMeal[partition] = at;
    }
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (int partition = 0; partition < partitions; partition++) {
      Figure figure = moved[partition] ? Figure.STANDSTILL_MOVED : Figure.STANDSTILL_KEPT;
      figures.merge(figure, (double) longest[partition], Math::max);
    }
    figures.put(Figure.DUPLICATES, (double) meals.duplicates());
    return figures;
  }
}
