package dev.brigade.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns for a terminal, those of a figure with its unit below its name. What does not fit beside
 * each other comes below, the first columns again before it. ASCII alone, see {@link Plain}.
 */
final class TextTable {
  private static final String INDENT = "  ";
  private static final String GAP = "   ";

  private final int width;
  private final List<List<String>> columns = new ArrayList<>();
  private final List<Boolean> numeric = new ArrayList<>();

  TextTable(int width) {
    this.width = width;
  }

  /**
   * @param cells two of heading, then one per row
   */
  TextTable column(boolean isNumeric, List<String> cells) {
    columns.add(cells.stream().map(Plain::text).toList());
    numeric.add(isNumeric);
    return this;
  }

  /**
   * @param repeated how many columns stand at the beginning of every part
   */
  List<String> lines(int repeated) {
    List<String> lines = new ArrayList<>();
    int from = repeated;
    do {
      List<Integer> part = new ArrayList<>();
      for (int column = 0; column < repeated; column++) {
        part.add(column);
      }
      int least = from;
      while (from < columns.size() && (from == least || fits(part, from))) {
        part.add(from++);
      }
      if (!lines.isEmpty()) {
        lines.add("");
      }
      append(lines, part);
    } while (from < columns.size());
    return lines;
  }

  private boolean fits(List<Integer> part, int more) {
    int taken = INDENT.length() + widthOf(more);
    for (int column : part) {
      taken += widthOf(column) + GAP.length();
    }
    return taken <= width;
  }

  private void append(List<String> lines, List<Integer> part) {
    int rows = columns.get(0).size();
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder();
      for (int column : part) {
        String cell = columns.get(column).get(row);
        String padding = " ".repeat(widthOf(column) - cell.length());
        line.append(line.isEmpty() ? INDENT : GAP)
            .append(numeric.get(column) ? padding + cell : cell + padding);
      }
      lines.add(line.toString().stripTrailing());
    }
  }

  private int widthOf(int column) {
    return columns.get(column).stream().mapToInt(String::length).max().orElse(0);
  }
}
