package dev.brigade.orders;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as a command's options spell them: a whole number with its unit, such as 20ms. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,15})(us|ms|s|m|h)");

  /** Beyond it a duration is a slip of the finger, and arithmetic in nanoseconds would overflow. */
  private static final Duration MAX = Duration.ofDays(1000);

  private Durations() {}

  /**
   * @param text a whole number and one of us, ms, s, m, h; at most 24000h
   * @throws IllegalArgumentException with a message that says what a duration looks like
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + Text.shown(text)
              + "' is not a duration: expected a whole number and us, ms, s, m or h, such as 20ms");
    }
    Duration duration = Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
    if (duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "'" + Text.shown(text) + "' is too long: at most " + MAX.toHours() + "h");
    }
    return duration;
  }

  private static ChronoUnit unit(String suffix) {
    return switch (suffix) {
      case "us" -> ChronoUnit.MICROS;
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      default -> ChronoUnit.HOURS;
    };
  }

  /** For {@code @Option(converter = Durations.Converter.class)}; a bad value is a usage error. */
  public static final class Converter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
