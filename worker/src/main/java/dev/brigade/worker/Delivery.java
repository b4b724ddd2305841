package dev.brigade.worker;

import dev.brigade.orders.Text;
import java.util.Locale;
import picocli.CommandLine;

/** How often a reader of meals and dead letters sees an order's end. */
enum Delivery {
  /** After a crash, the ends of some orders come twice, with the same completion id. */
  AT_LEAST_ONCE("200ms"),
  /** Ends and offsets are one transaction: a reader with read_committed sees each end once. */
  EXACTLY_ONCE("50ms");

  /** Of {@code --commit-interval}. */
  final String defaultCommitInterval;

  Delivery(String defaultCommitInterval) {
    this.defaultCommitInterval = defaultCommitInterval;
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
