package dev.brigade.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Bounds the orders in flight by count and bytes: each partition has an equal share of both, is
 * paused when it has used it up and resumed at half of it, while the others flow. A partition is
 * also paused when its watermark is stuck too far behind, and slowed when what is done past a slow
 * order could become more than the commit metadata takes ({@link MemoryThrottle}), and until it is
 * open and what is begun of it is foretold in the log. All are paused while nothing more is wanted:
 * because every recipe's breaker is open, or enough is read ahead. Confined to the poll thread.
 */
final class Flow {
  /** Widest span of offsets between a stuck order and the last one read behind it. */
  static final long MAX_WINDOW = 1 << 20;

  private final Consumer<byte[], byte[]> consumer;
  private final int maxInFlight;
  private final long maxInFlightBytes;
  private final MemoryThrottle memory;
  private final BooleanSupplier nothingIsWanted;
  private final LongSupplier nanoTime;
  private boolean anyPaused;

  Flow(
      Consumer<byte[], byte[]> consumer,
      int maxInFlight,
      long maxInFlightBytes,
      MetadataCapacity capacity,
      BooleanSupplier nothingIsWanted) {
    this(consumer, maxInFlight, maxInFlightBytes, capacity, nothingIsWanted, System::nanoTime);
  }

  Flow(
      Consumer<byte[], byte[]> consumer,
      int maxInFlight,
      long maxInFlightBytes,
      MetadataCapacity capacity,
      BooleanSupplier nothingIsWanted,
      LongSupplier nanoTime) {
    this.consumer = consumer;
    this.maxInFlight = maxInFlight;
    this.maxInFlightBytes = maxInFlightBytes;
    this.memory = new MemoryThrottle(capacity);
    this.nothingIsWanted = nothingIsWanted;
    this.nanoTime = nanoTime;
  }

  void adjust(Collection<Assignment> assignments) {
    if (assignments.isEmpty()) {
      anyPaused = false;
      return;
    }
    int orders = Math.max(1, maxInFlight / assignments.size());
    long bytes = Math.max(1, maxInFlightBytes / assignments.size());
    List<TopicPartition> pause = new ArrayList<>(0);
    List<TopicPartition> resume = new ArrayList<>(0);
    long now = nanoTime.getAsLong();
    boolean all = nothingIsWanted.getAsBoolean();
    anyPaused = false;
    for (Assignment assignment : assignments) {
      assignment.usedUp =
          assignment.usedUp
              ? isFull(assignment, (orders + 1) / 2, (bytes + 1) / 2, MAX_WINDOW / 2)
              : isFull(assignment, orders, bytes, MAX_WINDOW);
      boolean paused =
          all
              || !assignment.isOpen
              || assignment.blocked
              || assignment.usedUp
              || assignment.waitsForCommit()
              || memory.holdsBack(assignment.tracker, now);
      if (paused != assignment.paused) {
        assignment.paused = paused;
        (paused ? pause : resume).add(assignment.partition());
      }
      anyPaused |= paused;
    }
    if (!pause.isEmpty()) {
      consumer.pause(pause);
    }
    if (!resume.isEmpty()) {
      consumer.resume(resume);
    }
  }

  /** Whether polling should look again soon, because a pause may end without a new record. */
  boolean anyPaused() {
    return anyPaused;
  }

  private static boolean isFull(Assignment assignment, int orders, long bytes, long window) {
    return assignment.inFlight >= orders
        || assignment.inFlightBytes >= bytes
        || assignment.tracker.window() >= window;
  }
}
