package dev.brigade.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The same orders per process, cooked by one process and by several: the rate from when the last of
 * them has begun until nine tenths of the orders are cooked, and which share of a linear growth
 * that is.
 */
final class ScaleOut implements Procedure {
  private static final double UNTIL = 0.9;

  private final int processes;

  ScaleOut(int processes) {
    this.processes = processes;
  }

  @Override
  public Outcome run(Run run) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    double one = rate(run, 1);
    double all = processes == 1 ? one : rate(run, processes);
    figures.put(Figure.STEADY_RATE, all);
    figures.put(Figure.SCALING, all / one / processes);
    return new Outcome(figures, List.of());
  }

  private static double rate(Run run, int processes) {
    OrderBook book = OrderBook.of(run.work().withOrders(run.work().orders() * processes));
    try (Stage stage = run.stage()) {
      stage.site().load(book);
      for (int i = 0; i < processes; i++) {
        stage.start();
      }
      stage.awaitEnd(book.size());
      stage.stopAll();
      MealLog meals = MealLog.read(stage.site(), book);
      List<String> faults = meals.faults(run.contender().promise(), true);
      if (!faults.isEmpty()) {
        throw new WorkFault(String.join("; ", faults));
      }
      if (meals.workers() < processes) {
        throw new WorkFault(
            "%d of %d processes cooked nothing".formatted(processes - meals.workers(), processes));
      }
      return rateTogether(meals, processes);
    }
  }

  private static double rateTogether(MealLog meals, int processes) {
    long[] first = new long[processes];
    Arrays.fill(first, Long.MAX_VALUE);
    long[] times = new long[meals.size()];
    for (int meal = 0; meal < meals.size(); meal++) {
      times[meal] = meals.appendedAt(meal);
      first[meals.worker(meal)] = Math.min(first[meals.worker(meal)], times[meal]);
    }
    Arrays.sort(times);
    long begin = Arrays.stream(first).max().orElseThrow();
    int last = (int) (times.length * UNTIL);
    long count = Arrays.stream(times, 0, last).filter(time -> time >= begin).count();
    if (times[last] <= begin) {
      throw new WorkFault("nearly all was cooked before the last process began");
    }
    return count * 1000.0 / (times[last] - begin);
  }
}
