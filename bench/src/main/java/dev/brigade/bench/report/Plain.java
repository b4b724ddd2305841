package dev.brigade.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Text for a terminal of which nothing is known: in ASCII, without anything that could move the
 * cursor, for what contenders say is shown there, too.
 */
final class Plain {
  private Plain() {}

  static String text(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.replace(" · ", "; ").codePoints().forEach(character -> plain.append(text(character)));
    return plain.toString();
  }

  private static String text(int character) {
    return switch (character) {
      case '≥' -> ">=";
      case '≤' -> "<=";
      case '×' -> "x";
      case '–', '—', '−' -> "-";
      case '→' -> "->";
      case '·' -> ".";
      case '…' -> "...";
      case 'µ', 'μ' -> "u";
      case '\t' -> " ";
      default -> character >= ' ' && character < 0x7F ? Character.toString(character) : "?";
    };
  }

  /** Broken between words; a word that is longer than a line is broken, too. */
  static List<String> wrapped(String indent, String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text(text).strip();
    int room = width - indent.length();
    while (rest.length() > room) {
      int end = rest.lastIndexOf(' ', room);
      int cut = end > 0 ? end : room;
      lines.add(indent + rest.substring(0, cut).stripTrailing());
      rest = rest.substring(cut).stripLeading();
    }
    lines.add(indent + rest);
    return lines;
  }
}
