package dev.brigade.worker;

import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.KitchenTopics;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is looked at before a worker joins its group. */
final class StartChecks {
  private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

  private StartChecks() {}

  /**
   * Refuses topics that a worker cannot rely on, and says so if the group's offsets are gone
   * although orders were cooked before: then it starts again at the earliest order.
   *
   * @throws CommandFailure with the reason
   */
  static void run(ClusterConnection cluster, boolean strict) {
    Kitchen kitchen = cluster.kitchen();
    List<String> needed =
        List.of(kitchen.orders(), kitchen.meals(), kitchen.deadLetters(), kitchen.activity());
    KitchenTopics topics = KitchenTopics.read(cluster.admin(), kitchen, needed);
    needed.forEach(topics::partitions);
    int partitions = topics.requireUsable(strict, LOG::warn);
    if (mayBe(() -> groupIsEmpty(cluster, kitchen) && anyMeal(cluster, kitchen, partitions))) {
      LOG.warn(
          "group {} has no offsets, but {} has meals: its offsets expired or were deleted;"
              + " starting again at the earliest order, what was cooked before is cooked again",
          kitchen.chefsGroup(),
          kitchen.meals());
    }
  }

  /**
   * What only decides about a warning keeps no worker from starting: the brokers that know may be
   * away for some seconds, for which the worker can wait.
   */
  static boolean mayBe(BooleanSupplier question) {
    try {
      return question.getAsBoolean();
    } catch (CommandFailure e) {
      if (e.exitCode() != ExitCode.UNREACHABLE) {
        throw e;
      }
      LOG.warn("cannot look yet whether the group's offsets are gone: {}", e.getMessage());
      return false;
    }
  }

  private static boolean groupIsEmpty(ClusterConnection cluster, Kitchen kitchen) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        ClusterConnection.await(
            cluster
                .admin()
                .listConsumerGroupOffsets(kitchen.chefsGroup())
                .partitionsToOffsetAndMetadata());
    return offsets.values().stream().allMatch(offset -> offset == null);
  }

  private static boolean anyMeal(ClusterConnection cluster, Kitchen kitchen, int partitions) {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(kitchen.meals(), partition))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        ClusterConnection.await(cluster.admin().listOffsets(ends).all());
    return found.values().stream().anyMatch(end -> end.offset() > 0);
  }
}
