package dev.brigade.orders;

import java.nio.charset.StandardCharsets;

/** Text from outside made safe to show on one line of a terminal or to put into a header. */
public final class Text {
  private static final int SHOWN_CHARS = 200;

  private Text() {}

  /** {@link #onOneLine} of at most 200 characters; more is cut and ends in {@code …}. */
  public static String shown(String text) {
    if (text.codePointCount(0, text.length()) <= SHOWN_CHARS) {
      return onOneLine(text);
    }
    return onOneLine(text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARS))) + '…';
  }

  /**
   * The text with {@code ?} for each character that could end the line, move the cursor, reverse
   * the direction of writing or hide, escape sequences' first character among them.
   */
  static String onOneLine(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> shown.appendCodePoint(isVisible(c) ? c : '?'));
    return shown.toString();
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  /** The longest prefix of whole characters whose UTF-8 form takes at most {@code maxBytes}. */
  public static String cutToUtf8Bytes(String text, int maxBytes) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= maxBytes) {
      return text;
    }
    int end = maxBytes;
    while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(utf8, 0, end, StandardCharsets.UTF_8);
  }

  /**
   * Whether there are neither control characters nor surrogates in it, as in nearly every text: so
   * that one look at each character is enough, and their number is the length.
   */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' && (c < 0xA0 || Character.isSurrogate(c))) {
        return false;
      }
    }
    return true;
  }

  static boolean hasControlCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  static boolean hasUnpairedSurrogate(String text) {
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return true;
      }
    }
    return false;
  }
}
