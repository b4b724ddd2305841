package dev.brigade.worker;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

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

  final OffsetTracker tracker = new OffsetTracker();

  // Written by whoever commits this partition: the poll thread or its lane.
  volatile long committed = OffsetTracker.UNKNOWN;
  volatile long committedRevision = OffsetTracker.UNKNOWN;

  /** What the log knows of this holder; null until it knows anything. */
  volatile @Nullable Holding committedHolding;

  /** Orders before this offset may have been in the hands of a worker that died. */
  volatile long suspectsBefore = OffsetTracker.UNKNOWN;

  /** How many died so in a row. */
  volatile int crashes;

  /** Whether suspects are cooked where they can take nobody along. */
  volatile boolean tasted;

  /** An offset that was met and is not to be begun without another commit. */
  volatile long next = OffsetTracker.UNKNOWN;

  /** Whether its orders may not be committed, for they have nowhere to go. */
  volatile boolean blocked;

  /** Orders in the open transaction. Confined to the lane. */
  int uncommitted;

  // Confined to the poll thread.
  int inFlight;
  long inFlightBytes;
  boolean usedUp;
  boolean paused;

  /** Whether it is known where the last holder left off, and the log knows of this one. */
  boolean isOpen;

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

  /** Whether nothing of it is in anybody's hands, nor will be. */
  boolean isIdleForGood() {
    return !isHeld() && busy() == 0;
  }

  /** Whether an order has to be cooked where it can take nobody along. */
  boolean isSuspect(long offset) {
    return tasted && offset < suspectsBefore;
  }

  /** Every order met so far is before this offset. */
  long readBefore() {
    return Math.max(tracker.end(), next + 1);
  }

  /**
   * Whether an order may be begun without another commit: each commit says beforehand how far
   * orders may be begun, for whoever takes over from a holder that died.
   */
  boolean mayBegin(long offset) {
    Holding known = committedHolding;
    return known != null && offset < known.begunBefore();
  }

  /** Whether nothing more can be begun before the next commit. On the poll thread. */
  boolean waitsForCommit() {
    return isOpen && !mayBegin(readBefore() - 1);
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

  void settle(int orders) {
    busy.addAndGet(-orders);
  }

  /** Orders in chefs' hands or sent and not yet acknowledged. */
  int busy() {
    return busy.get();
  }
}
