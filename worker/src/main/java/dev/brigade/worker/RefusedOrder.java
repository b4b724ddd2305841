package dev.brigade.worker;

import dev.brigade.orders.DeadLetterReason;

/** An order that cannot be cooked, whoever tries. */
final class RefusedOrder extends Exception {
  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;

  RefusedOrder(DeadLetterReason reason, String error) {
    super(error, null, false, false);
    this.reason = reason;
  }

  DeadLetterReason reason() {
    return reason;
  }

  String error() {
    return String.valueOf(getMessage());
  }
}
