package dev.brigade.kitchen;

import java.util.Locale;

/** Numbers for people. */
public final class Format {
  private Format() {}

  /** With two or three digits: {@code 7.5 ms}, {@code 48 ms}, {@code 1.3 s}. */
  public static String millis(double millis) {
    if (millis < 9.95) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    return millis < 999.5
        ? String.format(Locale.ROOT, "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
