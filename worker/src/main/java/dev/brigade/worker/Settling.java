package dev.brigade.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/** Turns acknowledgements into completed offsets. Confined to the poll thread. */
final class Settling {
  private final Mailbox<OpenOrder> acknowledged;
  private final Delivery delivery;
  private final Watch watch;
  private volatile long cooked;
  private volatile long dead;

  /**
   * @param acknowledged orders whose ends are in the log for good
   * @param delivery exactly-once, their trackers know already: a lane has told them
   */
  Settling(Mailbox<OpenOrder> acknowledged, Delivery delivery, Watch watch) {
    this.acknowledged = acknowledged;
    this.delivery = delivery;
    this.watch = watch;
  }

  /** Meals acknowledged so far; readable from any thread. */
  long cooked() {
    return cooked;
  }

  /** Dead letters acknowledged so far; readable from any thread. */
  long dead() {
    return dead;
  }

  /** Settles what was acknowledged since the last time, without waiting. */
  void settle() {
    settle(Duration.ZERO);
  }

  /**
   * Settles until no order of these assignments is in a chef's hands or on its way to the log.
   *
   * @return false if the time was up before
   */
  boolean awaitIdle(Collection<Assignment> assignments, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (assignments.stream().anyMatch(assignment -> assignment.busy() > 0)) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      settle(Duration.ofMillis(5));
    }
    // An order's acknowledgement is in the mailbox before it stops being busy.
    settle();
    return true;
  }

  private void settle(Duration timeout) {
    try {
      acknowledged.readAll(timeout.toNanos(), TimeUnit.NANOSECONDS, this::complete);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the poll thread writes
  private void complete(OpenOrder order) {
    watch.ended(order);
    if (order.deadReason == null) {
      cooked++;
    } else {
      dead++;
    }
    Assignment assignment = order.assignment;
    if (assignment.mayEnd()) {
      if (delivery == Delivery.AT_LEAST_ONCE) {
        assignment.tracker.complete(order.record.offset());
      }
      assignment.inFlight--;
      assignment.inFlightBytes -= order.bytes();
    }
  }
}
