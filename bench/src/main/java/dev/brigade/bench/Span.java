package dev.brigade.bench;

/**
 * Meals and the time they span.
 *
 * @param meals how many
 * @param first when the first was appended, milliseconds since the epoch
 * @param last when the last was
 */
record Span(int meals, long first, long last) {
  /** Meals per second; the first one only begins the time. 0 if they span no time. */
  double rate() {
    return last > first ? (meals - 1) * 1000.0 / (last - first) : 0;
  }

  double seconds() {
    return (last - first) / 1000.0;
  }
}
