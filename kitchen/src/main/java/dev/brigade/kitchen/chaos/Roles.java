package dev.brigade.kitchen.chaos;

import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.Kitchen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;

/** Which broker plays which role now, as the cluster itself says. Thread-safe. */
final class Roles {
  private final Admin admin;
  private final Kitchen kitchen;

  Roles(Admin admin, Kitchen kitchen) {
    this.admin = admin;
    this.kitchen = kitchen;
  }

  /**
   * @param partitions of orders that it leads
   */
  record Leader(int node, Set<Integer> partitions) {}

  /** The broker that leads most partitions of orders. */
  Leader leaderOfMost() {
    Map<Integer, Set<Integer>> led = new TreeMap<>();
    for (TopicPartitionInfo partition : partitions()) {
      if (partition.leader() != null && !partition.leader().isEmpty()) {
        led.computeIfAbsent(partition.leader().id(), unused -> new TreeSet<>())
            .add(partition.partition());
      }
    }
    return led.entrySet().stream()
        .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size())))
        .map(most -> new Leader(most.getKey(), most.getValue()))
        .orElseThrow(() -> new IllegalStateException("no partition of orders has a leader"));
  }

  /** The partitions of orders that this broker leads. */
  Set<Integer> ledBy(int node) {
    return partitions().stream()
        .filter(partition -> partition.leader() != null && partition.leader().id() == node)
        .map(TopicPartitionInfo::partition)
        .collect(Collectors.toSet());
  }

  /** The partitions of orders. */
  Set<Integer> all() {
    return partitions().stream().map(TopicPartitionInfo::partition).collect(Collectors.toSet());
  }

  private List<TopicPartitionInfo> partitions() {
    return ClusterConnection.await(admin.describeTopics(List.of(kitchen.orders())).allTopicNames())
        .values()
        .stream()
        .flatMap(topic -> topic.partitions().stream())
        .toList();
  }

  /** Where clients reach it. */
  int port(int node) {
    return ClusterConnection.await(admin.describeCluster().nodes()).stream()
        .filter(broker -> broker.id() == node)
        .mapToInt(Node::port)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("broker " + node + " is not there"));
  }

  int groupCoordinator() {
    return ClusterConnection.await(
            admin.describeConsumerGroups(List.of(kitchen.chefsGroup())).all())
        .values()
        .iterator()
        .next()
        .coordinator()
        .id();
  }

  /** The coordinator of a worker's transactions, with exactly-once. */
  int transactionCoordinator(String worker) {
    String id = kitchen.transactionalId(worker, 0);
    return ClusterConnection.await(admin.describeTransactions(List.of(id)).description(id))
        .coordinatorId();
  }

  int controller() {
    return ClusterConnection.await(admin.describeMetadataQuorum().quorumInfo()).leaderId();
  }
}
