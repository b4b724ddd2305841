package dev.brigade.bench;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The work of a scenario, or that of one row where something grows from row to row.
 *
 * @param suffix of the contender's name in that row; empty where nothing grows
 * @param value what it has grown to
 */
record Variant(String suffix, int value, Workload work) {
  static Variant only(Workload work) {
    return new Variant("", 0, work);
  }

  /**
   * @param what grows, one word
   * @param work for each of the values
   */
  static List<Variant> growing(String what, IntFunction<Workload> work, int... values) {
    return IntStream.of(values)
        .mapToObj(value -> new Variant("-%s-%d".formatted(what, value), value, work.apply(value)))
        .toList();
  }

  Variant scaled(double factor) {
    int orders = (int) Math.max(1, Math.round(work.orders() * factor));
    return new Variant(suffix, value, work.withOrders(orders));
  }

  /** As it is called in this row. */
  Contender named(Contender contender) {
    return contender.named(contender.name() + suffix);
  }

  /** What is known before the run. */
  Map<Figure, Double> figures() {
    return suffix.isEmpty() ? Map.of() : Map.of(Figure.GROWN, (double) value);
  }
}
