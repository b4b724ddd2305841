package dev.brigade.worker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnstableOffsetCommitException;

/**
 * Reads what a group has committed, once no transaction of it is pending. Not through the consumer:
 * with the consumer protocol, asking it again and again while a transaction is pending starves (its
 * request counts as a duplicate of one that it has forgotten; seen with 4.3.1).
 */
@FunctionalInterface
interface CommittedOffsetsReader {
  long ASK_AGAIN_MILLIS = 20;

  /** In words, and what to do about one that nobody will ever end. */
  String PENDING =
      "a transaction is pending (for over a minute? see Hanging transactions in"
          + " docs/operations.md)";

  /**
   * Returns at once.
   *
   * @return null for partitions without a committed offset; completed exceptionally if it cannot be
   *     read now, with a retriable exception if it may be later
   */
  CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> read(Set<TopicPartition> partitions);

  static CommittedOffsetsReader of(Admin admin, String group) {
    return partitions ->
        admin
            .listConsumerGroupOffsets(
                Map.of(
                    group,
                    new ListConsumerGroupOffsetsSpec().topicPartitions(List.copyOf(partitions))),
                new ListConsumerGroupOffsetsOptions().requireStable(true))
            .partitionsToOffsetAndMetadata(group)
            .toCompletionStage()
            .toCompletableFuture()
            .thenCompose(found -> stable(partitions, found));
  }

  /** The client leaves out, without a word, partitions of which a transaction is pending. */
  private static CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> stable(
      Set<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> found) {
    if (found.keySet().containsAll(partitions)) {
      return CompletableFuture.completedFuture(found);
    }
    return CompletableFuture.supplyAsync(
        () -> {
          throw new UnstableOffsetCommitException(PENDING);
        },
        CompletableFuture.delayedExecutor(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS));
  }
}
