package dev.brigade.worker;

import dev.brigade.orders.Text;
import java.util.Locale;
import picocli.CommandLine;

/** How often a reader of meals and dead letters sees an order's end. */
enum Delivery {
  /** After a crash, the ends of some orders come twice, with the same completion id. */
  AT_LEAST_ONCE("200ms", 10_000),
  /** Ends and offsets are one transaction: a reader with read_committed sees each end once. */
  EXACTLY_ONCE("50ms", 30_000);

  /** Of {@code --commit-interval}. */
  final String defaultCommitInterval;

  /**
   * Of {@code --max-in-flight}: what waits for its transaction is in flight, and others are to be
   * cooked meanwhile.
   */
  final int defaultMaxInFlight;

  Delivery(String defaultCommitInterval, int defaultMaxInFlight) {
    this.defaultCommitInterval = defaultCommitInterval;
    this.defaultMaxInFlight = defaultMaxInFlight;
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Of {@code --delivery}. */
  static final class Converter implements CommandLine.ITypeConverter<Delivery> {
    @Override
    public Delivery convert(String value) {
      for (Delivery delivery : values()) {
        if (delivery.toString().equals(value)) {
          return delivery;
        }
      }
      throw new CommandLine.TypeConversionException(
          "expected at-least-once or exactly-once but was '" + Text.shown(value) + "'");
    }
  }
}
