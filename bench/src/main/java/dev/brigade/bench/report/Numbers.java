package dev.brigade.bench.report;

import dev.brigade.bench.Figure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers for people: with thousands separators, and no more digits than they are worth. */
final class Numbers {
  private static final int RATIO_DECIMALS = 2;

  private Numbers() {}

  /** The figure of a contender in a table; a dash if it has none. */
  static String cell(ContenderSummary who, Figure figure) {
    Spread spread = who.of(figure);
    return spread == null ? "–" : range(spread);
  }

  /** {@code 191,234 (188,000–195,003)}; without a range if there was one run only. */
  static String range(Spread spread) {
    return spread.runs() == 1
        ? median(spread)
        : "%s (%s)".formatted(median(spread), bounds(spread));
  }

  static String median(Spread spread) {
    return number(spread.median(), decimals(spread));
  }

  /** {@code 188,000–195,003}. */
  static String bounds(Spread spread) {
    int decimals = decimals(spread);
    return number(spread.min(), decimals) + "–" + number(spread.max(), decimals);
  }

  /** With two decimals. */
  static String ratio(double ratio, boolean up) {
    return number(rounded(ratio, RATIO_DECIMALS, up), RATIO_DECIMALS);
  }

  /** With as many decimals as a number of that size is worth. */
  static String rounded(double number, boolean up) {
    int decimals = isWhole(number) ? 0 : decimals(number);
    return number(rounded(number, decimals, up), decimals);
  }

  private static double rounded(double number, int decimals, boolean up) {
    return BigDecimal.valueOf(number)
        .setScale(decimals, up ? RoundingMode.CEILING : RoundingMode.FLOOR)
        .doubleValue();
  }

  static String runs(int runs) {
    return runs == 1 ? "1 run" : runs + " runs";
  }

  private static String number(double number, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", number);
  }

  private static int decimals(Spread spread) {
    if (isWhole(spread.median()) && isWhole(spread.min()) && isWhole(spread.max())) {
      return 0;
    }
    return decimals(spread.median());
  }

  private static int decimals(double number) {
    double size = Math.abs(number);
    return size >= 100 ? 0 : size >= 10 ? 1 : 2;
  }

  private static boolean isWhole(double number) {
    return Math.rint(number) == number;
  }
}
