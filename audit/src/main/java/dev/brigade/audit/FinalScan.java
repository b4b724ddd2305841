package dev.brigade.audit;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Kitchen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Reads a kitchen's topics from their beginnings to their ends as of now. */
public final class FinalScan {
  private FinalScan() {}

  /**
   * @throws CommandFailure if a topic is missing or cannot be read to its end
   */
  public static Scan read(Map<String, Object> clientConfig, Kitchen kitchen) {
    ScanCollector collector = new ScanCollector(kitchen);
    try (LogOffsets offsets = new LogOffsets(clientConfig);
        LogReader reader = new LogReader(clientConfig)) {
      // The end of the orders is asked for last: what ends an order is then read with that order.
      List<String> others =
          List.of(kitchen.meals(), kitchen.deadLetters(), kitchen.latency(), kitchen.activity());
      for (String topic : others) {
        read(topic, offsets, reader, collector);
      }
      return collector.scan(read(kitchen.orders(), offsets, reader, collector));
    }
  }

  private static Map<Integer, Long> read(
      String topic, LogOffsets offsets, LogReader reader, ScanCollector collector) {
    List<TopicPartition> partitions = offsets.partitions(topic);
    Map<TopicPartition, Long> ends = offsets.ends(partitions);
    reader.read(offsets.beginnings(partitions), ends, collector::add);
    Map<Integer, Long> byNumber = new HashMap<>();
    ends.forEach((partition, end) -> byNumber.put(partition.partition(), end));
    return byNumber;
  }
}
