package dev.brigade.audit;

import dev.brigade.orders.Kitchen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Asks what the chefs' group has committed, and where the ends of orders stand. Only stable offsets
 * count: a transaction's markers reach {@code meals} and the offsets at different moments, but
 * until the one of the offsets is there, they are pending, and the partition is left out of the
 * answer. Confined to one thread.
 */
final class CommitSampler {
  private final Admin admin;
  private final Kitchen kitchen;
  private final Map<Integer, String> lastMetadata = new HashMap<>();

  CommitSampler(Admin admin, Kitchen kitchen) {
    this.admin = admin;
    this.kitchen = kitchen;
  }

  int partitions() throws ExecutionException, InterruptedException {
    return admin.describeTopics(List.of(kitchen.orders())).allTopicNames().get().values().stream()
        .mapToInt(topic -> topic.partitions().size())
        .sum();
  }

  /**
   * @param count of partitions
   * @return those of which everything is known
   */
  Map<Integer, CommitSample.Committed> sample(int count)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> visible = ends(count, IsolationLevel.READ_COMMITTED);
    Map<Integer, OffsetAndMetadata> committed = committed(count);
    Map<TopicPartition, Long> all = ends(count, IsolationLevel.READ_UNCOMMITTED);
    Map<Integer, CommitSample.Committed> sample = new HashMap<>();
    committed.forEach(
        (number, commit) -> {
          Long visibleMeals = visible.get(meals(number));
          Long visibleDeadLetters = visible.get(deadLetters(number));
          Long allMeals = all.get(meals(number));
          Long allDeadLetters = all.get(deadLetters(number));
          if (visibleMeals != null
              && visibleDeadLetters != null
              && allMeals != null
              && allDeadLetters != null) {
            sample.put(
                number,
                new CommitSample.Committed(
                    visibleMeals,
                    visibleDeadLetters,
                    commit.offset(),
                    shared(number, commit.metadata()),
                    allMeals,
                    allDeadLetters));
          }
        });
    return sample;
  }

  /** Without those that have no commit, and those of which a transaction is pending. */
  Map<Integer, OffsetAndMetadata> committed(int count)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> orders =
        IntStream.range(0, count)
            .mapToObj(number -> new TopicPartition(kitchen.orders(), number))
            .toList();
    String group = kitchen.chefsGroup();
    Map<TopicPartition, @Nullable OffsetAndMetadata> found =
        admin
            .listConsumerGroupOffsets(
                Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(orders)),
                new ListConsumerGroupOffsetsOptions().requireStable(true))
            .partitionsToOffsetAndMetadata(group)
            .get();
    Map<Integer, OffsetAndMetadata> committed = new HashMap<>();
    found.forEach(
        (partition, commit) -> {
          if (commit != null) {
            committed.put(partition.partition(), commit);
          }
        });
    return committed;
  }

  /** Without those whose leader did not answer. */
  private Map<TopicPartition, Long> ends(int count, IsolationLevel isolation)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, count)
            .boxed()
            .flatMap(number -> Stream.of(meals(number), deadLetters(number)))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    ListOffsetsResult answers = admin.listOffsets(latest, new ListOffsetsOptions(isolation));
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (TopicPartition partition : latest.keySet()) {
      try {
        ends.put(partition, answers.partitionResult(partition).get().offset());
      } catch (ExecutionException e) {
        continue; // Nothing is certain of this one, so it is not sampled.
      }
    }
    return ends;
  }

  /** Most samples find the same text as the one before. */
  private String shared(int partition, String metadata) {
    String last = lastMetadata.getOrDefault(partition, "");
    if (last.equals(metadata)) {
      return last;
    }
    lastMetadata.put(partition, metadata);
    return metadata;
  }

  private TopicPartition meals(int number) {
    return new TopicPartition(kitchen.meals(), number);
  }

  private TopicPartition deadLetters(int number) {
    return new TopicPartition(kitchen.deadLetters(), number);
  }
}
