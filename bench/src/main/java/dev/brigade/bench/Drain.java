package dev.brigade.bench;

import java.util.EnumMap;
import java.util.Map;

/**
 * All orders lie in the log before one process starts; the run ends with the last meal. Who holds
 * meals back until many are cooked begins late and then seems faster than cooking allows: such a
 * run has no steady rate, only one from its start.
 */
final class Drain implements Procedure {
  /** For the clock: append times are whole milliseconds. */
  private static final double TOLERANCE = 1.02;

  @Override
  public Outcome run(Run run) {
    return drain(run, OrderBook.of(run.work()));
  }

  static Outcome drain(Run run, OrderBook book) {
    try (Stage stage = run.stage()) {
      stage.site().load(book);
      Calm.await();
      ContenderProcess process = stage.start();
      stage.awaitEnd(book.size());
      stage.stopAll();
      MealLog meals = MealLog.read(stage.site(), book);
      Span span = meals.span();
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      if (span.rate() <= run.work().mostPerSecond() * TOLERANCE) {
        figures.put(Figure.STEADY_RATE, span.rate());
      }
      figures.put(
          Figure.FROM_START, book.size() * 1000.0 / (span.last() - process.startedAtMillis()));
      figures.put(Figure.START, (double) span.first() - process.startedAtMillis());
      stage.costs(span, process, figures);
      return new Outcome(figures, meals.faults(run.contender().promise(), false));
    }
  }
}
