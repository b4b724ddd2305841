package dev.brigade.bench.report;

/** What contenders say, without characters that hide, reverse the writing or end a line. */
final class Inert {
  private static final char SHOWN_INSTEAD = '\uFFFD';

  private Inert() {}

  static String text(String text) {
    StringBuilder inert = new StringBuilder(text.length());
    text.codePoints().forEach(c -> inert.appendCodePoint(isVisible(c) ? c : SHOWN_INSTEAD));
    return inert.toString();
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character == '\t';
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
