package dev.brigade.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The first order of every partition takes 5 s, all others 1 ms. What is kept of the throughput
 * meanwhile, how far the committed offsets fall behind, and, when the process is killed in the
 * middle of it, how many orders are cooked again.
 */
final class SlowHead implements Procedure {
  /** Into the five seconds, and well before their end. */
  private static final Duration UNTIL_KILL = Duration.ofSeconds(3);

  @Override
  public Outcome run(Run run) {
    OrderBook usual = OrderBook.of(run.work());
    OrderBook slow = OrderBook.of(run.work().withSlowHeads());
    long slowMillis = run.work().slowCook().toMillis();
    double withoutSlow;
    try (Stage stage = run.stage()) {
      stage.site().load(usual);
      stage.start();
      MealLog meals = finish(stage, usual);
      require(meals, run, false);
      withoutSlow = rate(meals, usual, meals.span().first(), slowMillis);
    }
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    long untilSlow;
    try (Stage stage = run.stage()) {
      stage.site().load(slow);
      ContenderProcess process = stage.start();
      MealLog meals = finish(stage, slow);
      require(meals, run, false);
      long begin = meals.span(slow::isSlow).first() - slowMillis;
      untilSlow = Math.max(0, begin - process.startedAtMillis());
      double rate = rate(meals, slow, begin, slowMillis);
      figures.put(Figure.STEADY_RATE, rate);
      figures.put(Figure.KEPT, rate / withoutSlow);
    }
    try (Stage stage = run.stage()) {
      stage.site().load(slow);
      ContenderProcess victim = stage.start();
      stage.pause(Duration.ofMillis(untilSlow).plus(UNTIL_KILL));
      double cooked = stage.meals();
      figures.put(Figure.COMMIT_LAG, Math.max(0, cooked - stage.site().committed()));
      stage.kill(victim);
      stage.start();
      stage.awaitEnd(slow.size(), run.work().slowCook().plusSeconds(2));
      stage.stopAll();
      MealLog meals = MealLog.read(stage.site(), slow);
      require(meals, run, true);
      figures.put(Figure.DUPLICATES, (double) meals.duplicates());
    }
    return new Outcome(figures, List.of());
  }

  private static MealLog finish(Stage stage, OrderBook book) {
    stage.awaitEnd(book.size());
    stage.stopAll();
    return MealLog.read(stage.site(), book);
  }

  private static void require(MealLog meals, Run run, boolean mayRepeat) {
    List<String> faults = meals.faults(run.contender().promise(), mayRepeat);
    if (!faults.isEmpty()) {
      throw new WorkFault(String.join("; ", faults));
    }
  }

  /**
   * Usual meals per second while the slow ones cook, less half a second at the end; if the usual
   * ones are all done before, until then.
   */
  private static double rate(MealLog meals, OrderBook book, long begin, long slowMillis) {
    long lastUsual = meals.span(order -> !book.isSlow(order)).last();
    long end = Math.max(begin + 1, Math.min(begin + slowMillis - 500, lastUsual));
    long count = 0;
    for (int meal = 0; meal < meals.size(); meal++) {
      long at = meals.appendedAt(meal);
      count += at >= begin && at < end ? 1 : 0;
    }
    return count * 1000.0 / (end - begin);
  }
}
