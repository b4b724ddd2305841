package dev.brigade.orders;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rules that records share. Each throws {@link IllegalArgumentException}, naming the field. */
final class Checks {
  private static final int MAX_DISH_CHARS = 64;
  private static final String DISH_FORM = "[A-Za-z0-9._-]{1," + MAX_DISH_CHARS + "}";

  private Checks() {}

  /** JSON may lack what the type says is never null. */
  static void present(String field, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
  }

  static void notEmpty(String field, @Nullable String value) {
    present(field, value);
    if (value != null && value.isEmpty()) {
      throw new IllegalArgumentException(field + " must not be empty");
    }
  }

  /** 1 to {@code maxChars} characters (Unicode code points), none of them a control character. */
  static void name(String field, String value, int maxChars) {
    present(field, value);
    boolean plain = Text.isPlain(value);
    int chars = plain ? value.length() : value.codePointCount(0, value.length());
    if (chars == 0 || chars > maxChars) {
      throw new IllegalArgumentException(
          field + " must have 1 to " + maxChars + " characters, but has " + chars);
    }
    if (plain) {
      return;
    }
    if (Text.hasControlCharacter(value)) {
      throw new IllegalArgumentException(field + " holds a control character");
    }
    wholeCharacters(field, value);
  }

  /** At most {@code maxChars} characters (Unicode code points), of any kind. */
  static void text(String field, String value, int maxChars) {
    if (value.length() <= maxChars && Text.isPlain(value)) {
      return;
    }
    int chars = value.codePointCount(0, value.length());
    if (chars > maxChars) {
      throw new IllegalArgumentException(
          field + " has " + chars + " characters, the limit is " + maxChars);
    }
    wholeCharacters(field, value);
  }

  /** Half a character has no UTF-8: as a record key it would be the same as any other half. */
  private static void wholeCharacters(String field, String value) {
    if (Text.hasUnpairedSurrogate(value)) {
      throw new IllegalArgumentException(
          field + " holds half a character (an unpaired surrogate), which UTF-8 cannot express");
    }
  }

  static void dish(String dish) {
    present("dish", dish);
    if (!isDish(dish)) {
      throw new IllegalArgumentException(
          "dish must match " + DISH_FORM + ", but is '" + Text.shown(dish) + "'");
    }
  }

  /** Every order and meal passes here: no regular expression, which would cost 400 bytes each. */
  private static boolean isDish(String dish) {
    for (int i = 0; i < dish.length(); i++) {
      char c = dish.charAt(i);
      boolean allowed =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '.'
              || c == '_'
              || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return !dish.isEmpty() && dish.length() <= MAX_DISH_CHARS;
  }

  /** What {@link Rfc3339} can read back. */
  static void time(String field, Instant time) {
    present(field, time);
    if (time.isBefore(Rfc3339.FIRST) || time.isAfter(Rfc3339.LAST)) {
      throw new IllegalArgumentException(field + " must be in the years 0000 to 9999");
    }
  }

  static void atLeast(long least, String field, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          field + " must be at least " + least + ", but is " + value);
    }
  }

  static void finite(String field, double value) {
    if (!Double.isFinite(value) || value < 0) {
      throw new IllegalArgumentException(
          field + " must be finite and not negative, but is " + value);
    }
  }
}
