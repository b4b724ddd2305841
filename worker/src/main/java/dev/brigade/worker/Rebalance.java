package dev.brigade.worker;

import dev.brigade.orders.Activity;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to orders when partitions come and go. Of a partition that is revoked nothing more
 * is begun; what is being cooked may end within a bounded time, is interrupted after it, and what
 * ended is committed before somebody else begins. Of a partition that was lost nothing is sent and
 * nothing committed: somebody else may have it already. So it is if a topic has gone. Called on the
 * poll thread, inside poll.
 */
final class Rebalance implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Rebalance.class);

  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

  private final Held held;
  private final KeyQueues queues;
  private final Crew crew;
  private final Retries retries;
  private final Settling settling;
  private final Commits commits;
  private final Opening opening;
  private final HandOver handOver;
  private final TopicWatch topics;
  private final Counterparts counterparts;
  private final ActivityFeed activity;
  private boolean closed;
  private boolean wasIn;

  Rebalance(
      Held held,
      Crew.Tools tools,
      Crew crew,
      Settling settling,
      Commits commits,
      Opening opening,
      TopicWatch topics,
      Counterparts counterparts) {
    this.held = held;
    this.queues = tools.queues();
    this.retries = tools.retries();
    this.activity = tools.activity();
    this.crew = crew;
    this.settling = settling;
    this.commits = commits;
    this.opening = opening;
    this.handOver = new HandOver(held, settling, System::nanoTime);
    this.topics = topics;
    this.counterparts = counterparts;
  }

  /**
   * Takes on no further partition: one that still comes is not held, so nothing of it is committed,
   * whatever is read from it.
   */
  void close() {
    closed = true;
  }

  /** Gives up what is held without waiting or committing, before the consumer is closed. */
  void abandon() {
    close();
    forget(List.copyOf(held.all()));
  }

  /** Whether the group has assigned something, even if it was nothing. On the poll thread. */
  boolean wasIn() {
    return wasIn;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    wasIn = true;
    if (closed) {
      return;
    }
    commits.memberChanged();
    List<Assignment> added = partitions.stream().map(held::add).toList();
    counterparts.assigned(added);
    opening.begin(added);
    if (!partitions.isEmpty()) {
      LOG.info("assigned {}", numbers(partitions));
      activity.partitions(Activity.Type.ASSIGNED, numbers(partitions));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    List<Assignment> leaving = held.of(partitions);
    if (leaving.isEmpty()) {
      return;
    }
    LOG.info("revoked {}", numbers(partitions));
    commits.memberChanged();
    queues.leave(leaving);
    retries.releaseUnlessHeld();
    if (!handOver.await(leaving)) {
      LOG.warn("interrupting orders of {}: others wait for them", numbers(partitions));
      crew.cancelUnlessHeld();
      settling.awaitIdle(leaving, AFTER_INTERRUPT);
    }
    if (!topics.lookNow()) {
      onPartitionsLost(partitions);
      return;
    }
    commits.commitNow(leaving, COMMIT_TIMEOUT);
    forget(leaving);
    activity.partitions(Activity.Type.REVOKED, numbers(partitions));
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    List<Assignment> lost = held.of(partitions);
    if (lost.isEmpty()) {
      return;
    }
    LOG.warn(
        "lost {}: {}",
        numbers(partitions),
        topics.isIntact() ? "the group went on without this worker" : "a topic is gone");
    queues.leave(lost);
    forget(lost);
    retries.releaseUnlessHeld();
    crew.cancelUnlessHeld();
    activity.partitions(Activity.Type.LOST, numbers(partitions));
  }

  private void forget(List<Assignment> assignments) {
    assignments.forEach(Assignment::gone);
    held.remove(assignments);
  }

  private static List<Integer> numbers(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).sorted().toList();
  }
}
