package dev.brigade.producer;

import dev.brigade.orders.Text;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many orders per second a schedule intends.
 *
 * @param perSecond 0.001 to 10,000,000
 */
record Rate(double perSecond) {
  private static final double MIN = 0.001;
  private static final double MAX = 10_000_000;

  Rate {
    if (!(perSecond >= MIN && perSecond <= MAX)) {
      throw new IllegalArgumentException("must be 0.001 to 10000000 orders per second");
    }
  }

  /**
   * @param text a decimal number, with or without {@code /s} behind it
   * @throws IllegalArgumentException if it is anything else, or out of range
   */
  static Rate parse(String text) {
    String number = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
    if (!number.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      throw new IllegalArgumentException(
          "'" + Text.shown(text) + "' is not a rate: expected a number per second, such as 500/s");
    }
    return new Rate(Double.parseDouble(number));
  }

  static final class Converter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
