package dev.brigade.kitchen;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * Tables whose orders a producer puts into chosen partitions. A partition is a hash of the key: a
 * few dozen tables would by chance fill some partitions twice as full as others, and with them
 * their workers, so that a measurement of scaling would measure that chance.
 */
final class BalancedTables {
  private final List<List<String>> byPartition = new ArrayList<>();

  /**
   * @param perPartition how many tables to find for each
   */
  BalancedTables(int partitions, int perPartition) {
    for (int partition = 0; partition < partitions; partition++) {
      byPartition.add(new ArrayList<>());
    }
    int missing = partitions * perPartition;
    for (int number = 1; missing > 0; number++) {
      String table = "t-" + number;
      List<String> found = byPartition.get(partition(table, partitions));
      if (found.size() < perPartition) {
        found.add(table);
        missing--;
      }
    }
  }

  /** What a Kafka producer chooses that was not told otherwise. */
  static int partition(String table, int partitions) {
    return BuiltInPartitioner.partitionForKey(table.getBytes(StandardCharsets.UTF_8), partitions);
  }

  /** All tables: the first of each partition, then the second of each, and so on. */
  List<String> all() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < byPartition.get(0).size(); i++) {
      for (List<String> tables : byPartition) {
        all.add(tables.get(i));
      }
    }
    return all;
  }

  /** One table in each of these partitions. */
  List<String> oneInEach(Collection<Integer> partitions) {
    return partitions.stream().map(partition -> byPartition.get(partition).get(0)).toList();
  }
}
