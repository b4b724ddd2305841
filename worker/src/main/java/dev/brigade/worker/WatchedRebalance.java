package dev.brigade.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts what a rebalance brings and takes, and tells the worker's health whether it is in the
 * group, once the worker's own listener is done with it. Called on the poll thread.
 */
final class WatchedRebalance implements ConsumerRebalanceListener {
  private final ConsumerRebalanceListener listener;
  private final Health health;
  private final Counter rebalances;
  private final Counter assigned;
  private final Counter revoked;
  private final Counter lost;

  WatchedRebalance(ConsumerRebalanceListener listener, Health health, MeterRegistry registry) {
    this.listener = listener;
    this.health = health;
    this.rebalances =
        Counter.builder("brigade.rebalances")
            .description("Rebalances this worker went through")
            .register(registry);
    this.assigned = moved("assigned", registry);
    this.revoked = moved("revoked", registry);
    this.lost = moved("lost", registry);
  }

  private static Counter moved(String how, MeterRegistry registry) {
    return Counter.builder("brigade.partitions.moved")
        .description("Partitions that came to this worker or left it")
        .tag("how", how)
        .register(registry);
  }

  /** Comes at the end of every rebalance, also of one that brings no partition. */
  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    listener.onPartitionsAssigned(partitions);
    rebalances.increment();
    assigned.increment(partitions.size());
    health.joined(true);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    listener.onPartitionsRevoked(partitions);
    revoked.increment(partitions.size());
  }

  /** The group went on without this worker, which joins again at its next poll. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    health.joined(false);
    listener.onPartitionsLost(partitions);
    lost.increment(partitions.size());
  }
}
