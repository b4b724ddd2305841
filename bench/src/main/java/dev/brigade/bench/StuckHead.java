package dev.brigade.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The first order of every partition is stuck for longer than the run, and nothing before it can be
 * forgotten. What is left on the heap meanwhile, by full collections at ten points of the run; then
 * the process is killed in the middle of its work, and how many orders the next one, in which
 * nothing is stuck, cooks again.
 */
final class StuckHead implements Procedure {
  /** How long an order is stuck. */
  static final Duration STUCK = Duration.ofHours(1);

  /** Brigade's own limit for a try, which must not end what is stuck. */
  private static final Map<String, String> PATIENT = Map.of("BRIGADE_BENCH_COOK_TIMEOUT", "2h");

  private static final Map<String, String> NOTHING_STUCK =
      Map.of(ContenderProcess.SLOW_MICROS, "1000");

  private static final int POINTS = 10;
  private static final int FIFTH = POINTS / 5;

  /** The rest is there to be cooked when the process dies, and by the next one. */
  private static final double UNTIL_KILL = 5.0 / 6;

  /** What was done before the kill is read and passed over, without a meal meanwhile. */
  private static final Duration PASSING = Duration.ofSeconds(15);

  @Override
  public Outcome run(Run run) throws InterruptedException {
    OrderBook book = OrderBook.of(run.work());
    long usual = run.work().orders();
    long[] points =
        IntStream.rangeClosed(1, POINTS)
            .mapToLong(point -> Math.round(usual * UNTIL_KILL * point / POINTS))
            .toArray();
    try (Stage stage = run.stage()) {
      stage.site().load(book);
      ContenderProcess victim = stage.start(PATIENT);
      stage.awaitMeals(1);
      long before = stage.meals();
      long begin = System.currentTimeMillis();
      for (long point : points) {
        stage.awaitMeals(point);
        victim.collectGarbage();
      }
      // Some more, so that it dies at work and not behind a collection.
      stage.awaitMeals(Math.min(usual, stage.meals() + usual / 100));
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      long cooked = stage.meals();
      Span span = new Span((int) (cooked - before), begin, System.currentTimeMillis());
      figures.put(Figure.COMMIT_LAG, (double) Math.max(0, cooked - stage.site().committed()));
      stage.kill(victim);
      figures.put(Figure.STEADY_RATE, span.rate());
      stage.costs(span, victim, figures);
      List<Long> heap = GarbageLog.leftByDemand(victim.garbageLog());
      stage.start(NOTHING_STUCK);
      stage.awaitEnd(book.size(), PASSING);
      stage.stopAll();
      MealLog meals = MealLog.read(stage.site(), book);
      figures.put(Figure.DUPLICATES, (double) meals.duplicates());
      List<String> faults = meals.faults(run.contender().promise(), true);
      if (heap.size() != POINTS) {
        return new Outcome(figures, faults);
      }
      figures.put(Figure.HEAP_EARLY, mean(heap.subList(0, FIFTH)));
      figures.put(Figure.HEAP_LATE, mean(heap.subList(POINTS - FIFTH, POINTS)));
      return new Outcome(figures, faults, List.of(curve(points, heap)));
    }
  }

  private static double mean(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).average().orElseThrow();
  }

  private static String curve(long[] meals, List<Long> heap) {
    return IntStream.range(0, POINTS)
        .mapToObj(point -> "%,d: %,d".formatted(meals[point], heap.get(point)))
        .collect(Collectors.joining(", ", "MiB of heap left, by meals: ", ""));
  }
}
