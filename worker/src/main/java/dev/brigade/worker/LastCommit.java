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

  /**
   * Of the first try; each further one has twice as long. A poll may be what it waits for: the
   * group may have gone on between two of them, and refuses the generation of before.
   */
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(1);

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
   * @return false if the tries that begin within {@link #LIMIT} were in vain
   */
  boolean commit() {
    long deadline = nanoTime.getAsLong() + LIMIT.toNanos();
    queues.leave(held.all());
    Duration patience = FIRST_PATIENCE;
    boolean committed = commits.commitNow(held.all(), patience);
    while (!committed && nanoTime.getAsLong() - deadline < 0) {
      consumer.pause(consumer.assignment());
      Membership.poll(consumer, POLL);
      patience = patience.multipliedBy(2);
      committed = commits.commitNow(held.all(), patience);
    }
    return committed;
  }
}
