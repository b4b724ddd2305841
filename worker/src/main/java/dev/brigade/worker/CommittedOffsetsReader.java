package dev.brigade.worker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what a group has committed, once no transaction of it is pending. Not through the consumer:
 * with the consumer protocol, asking it again and again while a transaction is pending starves (its
 * request counts as a duplicate of one that it has forgotten; seen with 4.3.1).
 */
@FunctionalInterface
interface CommittedOffsetsReader {
  /**
   * Returns at once.
   *
   * @return completed exceptionally, after some seconds, if it cannot be read; partitions without a
   *     committed offset are left out or null
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
            .toCompletableFuture();
  }
}
