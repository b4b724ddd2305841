package dev.brigade.worker;

import dev.brigade.orders.DeadLetterReason;
import java.util.Collection;
import java.util.function.DoubleSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;

/**
 * Told what a worker does while it does it, for metrics and health. Whoever implements this returns
 * at once and never throws; nothing that a worker guarantees depends on it.
 */
interface Watch {
  /** Where nobody asked for metrics: every call is empty. */
  Watch NOBODY = new Watch() {};

  /**
   * Shows a number that goes up and down.
   *
   * @param name lower-case words with dots; listed in docs/operations.md
   * @param value read on any thread, whenever somebody asks
   * @param tags names and values in turn; their number must be bounded
   */
  default void gauge(String name, String description, DoubleSupplier value, String... tags) {}

  /** Shows a number that only grows; otherwise as {@link #gauge}. */
  default void counter(String name, String description, DoubleSupplier value, String... tags) {}

  // On a chef's thread.

  /** A try succeeded, after this time. */
  default void cooked(OpenOrder order, long cookNanos) {}

  /**
   * A try failed.
   *
   * @param reason what its order would become a dead letter for, were it the last one
   */
  default void failed(DeadLetterReason reason) {}

  // On the poll thread.

  /** The poll loop went round once more, with these partitions held. */
  default void turned(Collection<Assignment> held) {}

  /** A listener that passes on to this one what comes and goes. */
  default ConsumerRebalanceListener watching(ConsumerRebalanceListener listener) {
    return listener;
  }

  /** The brokers hold this order's meal or dead letter. */
  default void ended(OpenOrder order) {}

  /** The brokers answered a commit, or did not in time. Exactly-once, on the lane's thread. */
  default void committed(long nanos, boolean successful) {}

  // On any thread.

  /** Nothing more is taken in. */
  default void draining() {}

  /** The worker cannot go on. */
  default void failed(Throwable cause) {}
}
