package dev.brigade.kitchen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many dishes needed how many tries, beside what chance leads to expect: a try fails with the
 * same probability whatever came before, so the number of tries is distributed geometrically.
 */
final class AttemptsHistogram {
  private static final String BAR = "#";

  /**
   * @param attempts this many, or in the last row more than any dish needed
   * @param dishes that were cooked at that try
   * @param expected how many by chance, on average
   */
  record Row(int attempts, boolean orMore, long dishes, double expected) {}

  private AttemptsHistogram() {}

  /**
   * @param attempts of each dish, from 1
   * @param failShare the probability that a try fails
   */
  static List<Row> of(List<Integer> attempts, double failShare) {
    int most = attempts.stream().mapToInt(Integer::intValue).max().orElse(0);
    List<Row> rows = new ArrayList<>();
    double left = attempts.size();
    for (int number = 1; number <= most; number++) {
      int current = number;
      long dishes = attempts.stream().filter(tries -> tries == current).count();
      rows.add(new Row(number, false, dishes, rounded(left * (1 - failShare))));
      left *= failShare;
    }
    rows.add(new Row(most + 1, true, 0, rounded(left)));
    return rows;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  static List<String> lines(List<Row> rows) {
    TextTable table = new TextTable("tries", "dishes", "expected", "");
    for (Row row : rows) {
      table.row(
          row.attempts + (row.orMore ? "+" : ""),
          Long.toString(row.dishes),
          String.format(Locale.ROOT, "%.1f", row.expected),
          BAR.repeat((int) row.dishes));
    }
    return table.lines();
  }
}
