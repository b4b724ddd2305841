package dev.brigade.audit;

import dev.brigade.orders.ClusterConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where the logs of topics begin and end, as a reader of committed records sees it. */
public final class LogOffsets implements AutoCloseable {
  private final Admin admin;

  public LogOffsets(Map<String, Object> clientConfig) {
    this.admin = Admin.create(clientConfig);
  }

  /** All partitions of a topic, by number. */
  public List<TopicPartition> partitions(String topic) {
    int count =
        ClusterConnection.await(admin.describeTopics(List.of(topic)).allTopicNames())
            .values()
            .stream()
            .mapToInt(description -> description.partitions().size())
            .sum();
    List<TopicPartition> partitions = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      partitions.add(new TopicPartition(topic, number));
    }
    return partitions;
  }

  /** The offset of each partition's first record. */
  public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
    return ask(partitions, OffsetSpec.earliest());
  }

  /** The offset behind each partition's last committed record. */
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return ask(partitions, OffsetSpec.latest());
  }

  private Map<TopicPartition, Long> ask(Collection<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> specs =
        partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which));
    var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    ClusterConnection.await(admin.listOffsets(specs, options).all())
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  @Override
  public void close() {
    admin.close();
  }
}
