package dev.brigade.bench;

import java.util.EnumMap;
import java.util.Map;

/**
 * One table has a tenth of all orders, and its orders can only be cooked one after the other: how
 * fast its meals come while all others are cooked too, and how fast on their own.
 */
final class HotKey implements Procedure {
  @Override
  public Outcome run(Run run) {
    OrderBook book = OrderBook.of(run.work());
    Outcome alone = Drain.drain(run, book.hotTableAlone());
    if (!alone.faults().isEmpty()) {
      return alone;
    }
    try (Stage stage = run.stage()) {
      stage.site().load(book);
      ContenderProcess process = stage.start();
      stage.awaitEnd(book.size());
      stage.stopAll();
      MealLog meals = MealLog.read(stage.site(), book);
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      figures.put(Figure.STEADY_RATE, meals.span().rate());
      figures.put(Figure.HOT_KEY_RATE, meals.span(book::isHot).rate());
      figures.put(Figure.HOT_KEY_ALONE, alone.figures().getOrDefault(Figure.STEADY_RATE, 0.0));
      stage.costs(meals.span(), process, figures);
      return new Outcome(figures, meals.faults(run.contender().promise(), false));
    }
  }
}
