package dev.brigade.kitchen.chaos;

import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.Kitchen;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What the chefs' group has committed, changed as an operator does. */
final class GroupOffsets {
  private final Admin admin;
  private final Kitchen kitchen;

  GroupOffsets(Admin admin, Kitchen kitchen) {
    this.admin = admin;
    this.kitchen = kitchen;
  }

  /**
   * Sets all partitions back; nobody may be in the group.
   *
   * @param orders of each partition, fewer if it has not got so far
   * @return by how many altogether
   */
  long setBack(long orders) {
    Map<TopicPartition, OffsetAndMetadata> before =
        ClusterConnection.await(
            admin.listConsumerGroupOffsets(kitchen.chefsGroup()).partitionsToOffsetAndMetadata());
    Map<TopicPartition, OffsetAndMetadata> after =
        new TreeMap<>((a, b) -> Integer.compare(a.partition(), b.partition()));
    long back = 0;
    for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : before.entrySet()) {
      long to = Math.max(0, entry.getValue().offset() - orders);
      back += entry.getValue().offset() - to;
      after.put(entry.getKey(), new OffsetAndMetadata(to));
    }
    ClusterConnection.await(admin.alterConsumerGroupOffsets(kitchen.chefsGroup(), after).all());
    return back;
  }
}
