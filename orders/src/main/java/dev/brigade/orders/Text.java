package dev.brigade.orders;

import java.nio.charset.StandardCharsets;

/** Text from outside made safe to show on one line of a terminal or to put into a header. */
public final class Text {
  private static final int SHOWN_CHARS = 200;

  private Text() {}

  /** At most 200 characters, control characters (escape sequences among them) as {@code ?}. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), SHOWN_CHARS) + 1);
    for (int i = 0; i < text.length(); i++) {
      if (i == SHOWN_CHARS) {
        return shown.append('…').toString();
      }
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return shown.toString();
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

  static boolean hasControlCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
