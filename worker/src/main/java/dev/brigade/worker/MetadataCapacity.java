package dev.brigade.worker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much commit metadata the brokers take. They do not say, so it is found out: the first commit
 * of a worker fills up one partition's metadata to what brokers take by default. What is refused
 * changes nothing, and the next commit tries less. Written on the poll thread, read on any.
 */
final class MetadataCapacity {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataCapacity.class);

  /** The default of {@code offset.metadata.max.bytes}, taken as characters, as bytes; none. */
  private static final int[] STEPS = {4_096, 4_096 / PackedWriter.UTF8_BYTES_PER_CHAR, 0};

  /** Brokers refuse a commit of more than 1 MiB by default, with keys and all. */
  private static final int MOST_BYTES_AT_ONCE = 800_000;

  private volatile int step;
  private volatile int bytesAtOnce = MOST_BYTES_AT_ONCE;
  private volatile boolean proven;

  /** In characters; 0 if the brokers take none. */
  int chars() {
    return STEPS[step];
  }

  /** What is left for the {@link DoneSet}, in characters. */
  int doneSetChars() {
    return Math.max(0, chars() - Holding.CHARS);
  }

  /** How much metadata one commit may hold altogether, in bytes on the wire. */
  int bytesAtOnce() {
    return bytesAtOnce;
  }

  /** Whether a commit with as much was accepted, or none is to be tried. */
  boolean isProven() {
    return proven || chars() == 0;
  }

  /**
   * @param tried what {@link #chars} was when the commit was sent
   */
  void accepted(int tried) {
    if (tried == chars() && !isProven()) {
      proven = true;
      LOG.debug("the brokers take commit metadata of {} characters", chars());
    }
  }

  /**
   * Less is tried from now on.
   *
   * @param tried what {@link #chars} was when the commit was sent
   */
  void refused(int tried) {
    if (tried == chars() && tried > 0) {
      step++;
      proven = false;
      LOG.warn(
          "the brokers take no commit metadata of {} characters: {} (their"
              + " offset.metadata.max.bytes is best left at 4096)",
          tried,
          chars() > 0
              ? "trying " + chars() + ", so that less is remembered past a slow order"
              : "after a crash, what was done past a slow order is cooked again");
    }
  }

  /**
   * Less is tried from now on, of all partitions together or else of each.
   *
   * @param tried what {@link #chars} was when the commit was sent
   * @return false if there is nothing left to leave out
   */
  boolean refusedAltogether(int tried) {
    if (tried == 0) {
      return false;
    }
    if (bytesAtOnce > tried * PackedWriter.UTF8_BYTES_PER_CHAR) {
      bytesAtOnce /= 2;
      LOG.warn("the brokers refuse a commit as large as this: trying {} bytes", bytesAtOnce);
    } else {
      refused(tried);
    }
    return true;
  }
}
