package dev.brigade.producer;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.io.IOException;

/**
 * Every order of a file by the hash of its id, with the hash of its body and what is known of it:
 * whether it is on the topic, or sent. Open addressing in primitive arrays that grow with use: 23
 * to 46 bytes per order, 68 while they grow, so 430 MB at most for ten million orders. Two ids with
 * the same hash of 64 bits get a line refused; none is left out for it. Confined to one thread.
 */
final class OrderIndex {
  /** What is to be done with an order of the file. */
  enum Verdict {
    /** To be sent; it counts as sent from now on. */
    NEW,
    /** The same order is on the topic. */
    ON_TOPIC,
    /** The same order was an earlier line. */
    SENT,
    /** Its id is on the topic or on an earlier line, with another body. */
    OTHER_BODY,
    /** It is no order of the file that was indexed. */
    UNKNOWN
  }

  private static final byte FREE = 0;
  private static final byte MISSING = 1;
  private static final byte SENT = 2;
  private static final byte ON_TOPIC = 3;
  private static final byte CONFLICTING = 4;

  private static final int FIRST_CAPACITY = 1 << 12;

  private long[] ids = new long[FIRST_CAPACITY];
  private long[] bodies = new long[FIRST_CAPACITY];
  private byte[] states = new byte[FIRST_CAPACITY];
  private int size;
  private long onTopic;
  private long twice;

  /**
   * Adds all that is valid; what is not is refused when its turn to be sent comes.
   *
   * @throws CommandFailure if the heap is too small
   */
  void addAll(LineReader lines) throws IOException {
    while (lines.next()) {
      if (!lines.isTooLong() && !lines.isBlank()) {
        try {
          Order order = OrderCodec.decode(lines.array(), lines.start(), lines.length());
          add(Hash64.of(order.id()), Hash64.of(lines.array(), lines.start(), lines.length()));
        } catch (MalformedRecordException e) {
          // Not an order that could be on the topic.
        }
      }
    }
  }

  /** Of several orders with one id the first one counts. */
  void add(long id, long body) {
    if (size >= ids.length - (ids.length >> 2)) {
      grow();
    }
    int slot = slot(id);
    if (states[slot] == FREE) {
      ids[slot] = id;
      bodies[slot] = body;
      states[slot] = MISSING;
      size++;
    }
  }

  /** Takes note of an order that was read from the topic, be it the file's or not. */
  void foundOnTopic(long id, long body) {
    int slot = slot(id);
    if (states[slot] == FREE) {
      return;
    }
    if (bodies[slot] != body) {
      states[slot] = states[slot] == MISSING ? CONFLICTING : states[slot];
    } else if (states[slot] == ON_TOPIC) {
      twice++;
    } else {
      states[slot] = ON_TOPIC;
      onTopic++;
    }
  }

  /** Decides on an order of the file. */
  Verdict take(long id, long body) {
    int slot = slot(id);
    if (states[slot] == FREE) {
      return Verdict.UNKNOWN;
    }
    if (bodies[slot] != body) {
      return Verdict.OTHER_BODY;
    }
    return switch (states[slot]) {
      case ON_TOPIC -> Verdict.ON_TOPIC;
      case SENT -> Verdict.SENT;
      case CONFLICTING -> Verdict.OTHER_BODY;
      default -> {
        states[slot] = SENT;
        yield Verdict.NEW;
      }
    };
  }

  /** How many orders have different ids. */
  int size() {
    return size;
  }

  /** How many of them are on the topic. */
  long onTopic() {
    return onTopic;
  }

  /** How many times an order was found on the topic beyond its first. */
  long twice() {
    return twice;
  }

  /** The id's slot, or the free one where it would be. */
  private int slot(long id) {
    int mask = ids.length - 1;
    int slot = (int) id & mask;
    while (states[slot] != FREE && ids[slot] != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldIds = ids;
    long[] oldBodies = bodies;
    byte[] oldStates = states;
    allocate(Math.multiplyExact(oldIds.length, 2));
    for (int i = 0; i < oldIds.length; i++) {
      if (oldStates[i] != FREE) {
        int slot = slot(oldIds[i]);
        ids[slot] = oldIds[i];
        bodies[slot] = oldBodies[i];
        states[slot] = oldStates[i];
      }
    }
  }

  private void allocate(int capacity) {
    try {
      ids = new long[capacity];
      bodies = new long[capacity];
      states = new byte[capacity];
    } catch (OutOfMemoryError e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "--resume keeps up to 68 bytes per order in memory, and after "
              + size
              + " orders there is no more: give the JVM a larger heap (BRIGADE_JAVA_OPTS=-Xmx…)",
          e);
    }
  }
}
