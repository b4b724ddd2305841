package dev.brigade.cluster.net;

/** What a rule does to the bytes of the connections it selects; confined to the loop's thread. */
@FunctionalInterface
interface Shape {
  /** Not before the rule is closed. */
  long NEVER = Long.MAX_VALUE;

  /** As many bytes of a direction may wait as a long line holds that is fast. */
  int MOST_WAITING = 1 << 20;

  /**
   * When these bytes may go on; those that come later in the same direction follow them anyway.
   *
   * @param bytes how many; 0 for the end of the stream
   * @param now in nanoseconds
   * @return {@code now} if they are not held up
   */
  long due(Direction direction, int bytes, long now);

  /** How many bytes of a connection may wait in one direction before no more are read. */
  default int window() {
    return MOST_WAITING;
  }
}
