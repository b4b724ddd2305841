package dev.brigade.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Ends of partitions, told once they are certain. A leader that the other brokers do not reach goes
 * on answering: it tells where its log ended when it was cut off, while its successor appends. Who
 * asks any broker for the leader learns of the successor from all but that one. So an end counts
 * once {@link #VIEWS} later views of the cluster still had the leader that told it. With three
 * brokers, and views of brokers at random, all are the leader's own in one case of 729.
 *
 * <p>Not thread-safe.
 */
final class ConfirmedEnds {
  static final int VIEWS = 6;

  private final LogProgress progress;
  private final Map<TopicPartition, Deque<Claim>> unconfirmed = new HashMap<>();

  private record Claim(int leader, long end, long at) {}

  ConfirmedEnds(LogProgress progress) {
    this.progress = progress;
  }

  /**
   * @param leader id of the broker that told the end
   * @param at before it was asked, epoch milliseconds
   */
  void told(TopicPartition partition, int leader, long end, long at) {
    Deque<Claim> claims = unconfirmed.computeIfAbsent(partition, key -> new ArrayDeque<>());
    Claim last = claims.peekLast();
    if (last != null && last.leader() != leader) {
      claims.clear();
    }
    claims.add(new Claim(leader, end, at));
    if (claims.size() > VIEWS) {
      Claim confirmed = claims.remove();
      progress.ended(partition, confirmed.end(), confirmed.at());
    }
  }
}
