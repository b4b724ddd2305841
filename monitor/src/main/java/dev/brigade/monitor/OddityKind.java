package dev.brigade.monitor;

/** Records that are counted but enter no window. */
enum OddityKind {
  /** A further end of an order that ended already. */
  DUPLICATE("duplicate-completion"),
  /** An end of an order that is not in the log, or in another partition than its order. */
  UNKNOWN_ORDER("unknown-order"),
  /** Bytes that are no meal, or headers that are no dead letter's. */
  UNREADABLE("unreadable-record"),
  /** An end that came after its window was final; it was counted in the oldest one that is not. */
  LATE("late-end");

  private final String wireName;

  OddityKind(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
