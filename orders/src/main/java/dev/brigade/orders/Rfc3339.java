package dev.brigade.orders;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Times as the contract wants them: RFC 3339 with years 0000 to 9999, up to nine digits of a second
 * and no leap seconds; an offset other than {@code Z} is turned into UTC. {@link Instant#parse}
 * takes more than that ({@code 24:00:00}, offsets with seconds, years of nine digits), and every
 * order and meal is read through here: this takes a tenth of its time.
 */
final class Rfc3339 {
  static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final int DATE_END = "0000-00-00".length();
  private static final int SECONDS_END = "0000-00-00T00:00:00".length();
  private static final int OFFSET_CHARS = "+00:00".length();
  private static final int MOST_FRACTION_DIGITS = 9;
  private static final long SECONDS_PER_DAY = 86_400;

  /** Of what {@link #write} writes. */
  static final int MAX_CHARS = SECONDS_END + 1 + MOST_FRACTION_DIGITS + 1;

  private Rfc3339() {}

  /**
   * @throws DateTimeException if the text is no such time, with a message that repeats it
   */
  static Instant parse(String text) {
    if (text.length() <= SECONDS_END
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || (text.charAt(10) | ' ') != 't'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      throw refuse(text);
    }
    long day = epochDay(text);
    int hour = number(text, 11, 2, 23);
    int minute = number(text, 14, 2, 59);
    int second = number(text, 17, 2, 59);
    int offsetAt = text.charAt(SECONDS_END) == '.' ? fractionEnd(text) : SECONDS_END;
    int nanos = offsetAt == SECONDS_END ? 0 : nanos(text, offsetAt);
    long local = day * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second;
    Instant time = Instant.ofEpochSecond(local - offsetSeconds(text, offsetAt), nanos);
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw refuse(text);
    }
    return time;
  }

  /**
   * Writes a time of the years 0000 to 9999 as {@link Instant#toString} does, with no, three, six
   * or nine digits of a second.
   *
   * @param to at least {@link #MAX_CHARS} long
   * @return how many characters were written
   */
  static int write(Instant time, char[] to) {
    long seconds = time.getEpochSecond();
    Day day = Day.of(Math.floorDiv(seconds, SECONDS_PER_DAY));
    int second = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
    day.text.getChars(0, DATE_END, to, 0);
    to[DATE_END] = 'T';
    digits(to, 11, 2, second / 3600);
    to[13] = ':';
    digits(to, 14, 2, second / 60 % 60);
    to[16] = ':';
    digits(to, 17, 2, second % 60);
    int end = SECONDS_END;
    int nanos = time.getNano();
    if (nanos != 0) {
      to[end++] = '.';
      int digits = MOST_FRACTION_DIGITS;
      while (nanos % 1000 == 0) {
        nanos /= 1000;
        digits -= 3;
      }
      digits(to, end, digits, nanos);
      end += digits;
    }
    to[end++] = 'Z';
    return end;
  }

  private static void digits(char[] to, int at, int digits, int number) {
    int rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      to[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static long epochDay(String text) {
    Day last = Day.last;
    if (text.startsWith(last.text)) {
      return last.epochDay;
    }
    int year = number(text, 0, 4, 9999);
    int month = number(text, 5, 2, 12);
    int day = number(text, 8, 2, 31);
    if (month == 0 || day == 0 || day > YearMonth.of(year, month).lengthOfMonth()) {
      throw refuse(text);
    }
    return Day.of(LocalDate.of(year, month, day).toEpochDay()).epochDay;
  }

  private static int fractionEnd(String text) {
    int end = SECONDS_END + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    int digits = end - SECONDS_END - 1;
    if (digits == 0 || digits > MOST_FRACTION_DIGITS) {
      throw refuse(text);
    }
    return end;
  }

  private static int nanos(String text, int end) {
    int nanos = 0;
    for (int i = 0; i < MOST_FRACTION_DIGITS; i++) {
      int at = SECONDS_END + 1 + i;
      nanos = nanos * 10 + (at < end ? text.charAt(at) - '0' : 0);
    }
    return nanos;
  }

  private static int offsetSeconds(String text, int at) {
    int chars = text.length() - at;
    if (chars == 1 && (text.charAt(at) | ' ') == 'z') {
      return 0;
    }
    if (chars != OFFSET_CHARS || text.charAt(at + 3) != ':') {
      throw refuse(text);
    }
    int seconds = number(text, at + 1, 2, 23) * 3600 + number(text, at + 4, 2, 59) * 60;
    return switch (text.charAt(at)) {
      case '+' -> seconds;
      case '-' -> -seconds;
      default -> throw refuse(text);
    };
  }

  private static int number(String text, int at, int digits, int max) {
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      if (!isDigit(text.charAt(i))) {
        throw refuse(text);
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    if (number > max) {
      throw refuse(text);
    }
    return number;
  }

  /**
   * A day and how it is written. Nearly all times that follow one another are of one day: the last
   * one is kept, by whichever thread wrote or read it.
   */
  private record Day(long epochDay, String text) {
    private static volatile Day last = new Day(0, LocalDate.EPOCH.toString());

    static Day of(long epochDay) {
      Day day = last;
      if (day.epochDay != epochDay) {
        day = new Day(epochDay, LocalDate.ofEpochDay(epochDay).toString());
        last = day;
      }
      return day;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static DateTimeException refuse(String text) {
    return new DateTimeException("not a time like 2026-11-20T16:35:49.123Z: '" + text + "'");
  }
}
