package dev.brigade.worker;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition for as long as this worker holds it. A partition that goes and comes back is a new
 * assignment, so that whatever still carries the old one can be told from it and is dropped.
 */
final class Assignment {
  /** What may still happen with this partition's orders. */
  private enum State {
    /** Orders are cooked. */
    HELD,
    /** No order is begun; those that are being cooked may still end. */
    LEAVING,
    /** The partition is somebody else's: nothing is sent and nothing is committed. */
    GONE
  }

  private final TopicPartition partition;
  private final AtomicInteger busy = new AtomicInteger();
  private volatile State state = State.HELD;

  // Confined to the poll thread.
  final OffsetTracker tracker = new OffsetTracker();
  long committed = OffsetTracker.UNKNOWN;
  long committedRevision;
  int inFlight;
  long inFlightBytes;
  boolean usedUp;
  boolean paused;
  boolean blocked;

  Assignment(TopicPartition partition) {
    this.partition = partition;
  }

  TopicPartition partition() {
    return partition;
  }

  /** Whether a chef may begin one of its orders. */
  boolean isHeld() {
    return state == State.HELD;
  }

  /** Whether what its orders became may still be sent. */
  boolean mayEnd() {
    return state != State.GONE;
  }

  /** Whether anything of it may be committed. */
  boolean mayCommit() {
    return mayEnd() && !blocked;
  }

  void leave() {
    state = State.LEAVING;
  }

  void gone() {
    state = State.GONE;
  }

  /** An order went into a chef's hands. */
  void begin() {
    busy.incrementAndGet();
  }

  /**
   * An order that was begun is out of our hands: acknowledged, put aside for a retry or dropped.
   */
  void settle() {
    busy.decrementAndGet();
  }

  /** Orders in chefs' hands or sent and not yet acknowledged. */
  int busy() {
    return busy.get();
  }
}
