package dev.brigade.bench.contender;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What the topic of orders has in store. */
final class OrdersTopic {
  private OrdersTopic() {}

  static List<TopicPartition> partitions(Consumer<?, ?> consumer, String orders) {
    return consumer.partitionsFor(orders).stream()
        .map(partition -> new TopicPartition(orders, partition.partition()))
        .toList();
  }

  /** How many orders these partitions hold now. */
  static long count(Consumer<?, ?> consumer, List<TopicPartition> partitions) {
    return sum(consumer.endOffsets(partitions).values())
        - sum(consumer.beginningOffsets(partitions).values());
  }

  private static long sum(Iterable<Long> offsets) {
    long sum = 0;
    for (long offset : offsets) {
      sum += offset;
    }
    return sum;
  }
}
