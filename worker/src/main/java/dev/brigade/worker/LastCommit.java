package dev.brigade.worker;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Commits that a worker gives its partitions back: who takes over from one that did not say so
 * takes it for dead. While others come or go the brokers may refuse that; so it is tried again,
 * with polls in between that let the rebalance go on. Confined to the poll thread.
 */
final class LastCommit {
  static final Duration LIMIT = Duration.ofSeconds(5);

  private static final Duration POLL = Duration.ofMillis(5);

  private final Consumer<byte[], byte[]> consumer;
  private final Held held;
  private final KeyQueues queues;
  private final Commits commits;
  private final LongSupplier nanoTime;

  LastCommit(
      Consumer<byte[], byte[]> consumer,
      Held held,
      KeyQueues queues,
      Commits commits,
      LongSupplier nanoTime) {
    this.consumer = consumer;
    this.held = held;
    this.queues = queues;
    this.commits = commits;
    this.nanoTime = nanoTime;
  }

  /**
   * No order of what is held is begun any more; none may be in a chef's hands.
   *
   * @return false if it is not in the log after {@link #LIMIT}
   */
  boolean commit() {
    long deadline = nanoTime.getAsLong() + LIMIT.toNanos();
    queues.leave(held.all());
    boolean committed = commits.commitNow(held.all(), LIMIT);
    while (!committed && nanoTime.getAsLong() - deadline < 0) {
      consumer.pause(consumer.assignment());
      Membership.poll(consumer, POLL);
      committed = commits.commitNow(held.all(), LIMIT);
    }
    return committed;
  }
}
