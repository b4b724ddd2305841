package dev.brigade.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures for people, one line each. */
final class MicroTable {
  private static final String NUMBERS = "%12s %10s %10s";

  private MicroTable() {}

  static List<String> lines(List<MicroFigure> figures) {
    int width = figures.stream().mapToInt(figure -> name(figure).length()).max().orElse(1);
    String line = "%-" + width + "s" + NUMBERS;
    List<String> lines = new ArrayList<>();
    lines.add(line.formatted("", "ns/op", "±", "bytes/op"));
    for (MicroFigure figure : figures) {
      lines.add(
          line.formatted(
              name(figure),
              number(figure.nanos()),
              number(figure.error()),
              number(figure.bytes())));
    }
    return lines;
  }

  private static String name(MicroFigure figure) {
    return (figure.benchmark() + " " + figure.parameters()).strip();
  }

  /** With three digits at least, but none below a hundredth. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
