package dev.brigade.worker;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Which orders have their ends in the log for good, by what was committed of them. */
final class LoggedEnds {
  /** Reads committed offsets, of which no transaction is pending. */
  interface Reader {
    /**
     * @throws KafkaException if they cannot be read now
     */
    LoggedEnds read(Collection<OpenOrder> orders) throws InterruptedException;
  }

  private final Map<TopicPartition, CompletedOffsets> done = new HashMap<>();

  LoggedEnds(Map<TopicPartition, OffsetAndMetadata> committed) {
    committed.forEach(
        (partition, last) -> {
          if (last != null) {
            done.put(partition, CompletedOffsets.read(last.offset(), last.metadata()));
          }
        });
  }

  static Reader of(CommittedOffsetsReader offsets) {
    return orders -> {
      Set<TopicPartition> partitions =
          orders.stream().map(order -> order.assignment.partition()).collect(Collectors.toSet());
      if (partitions.isEmpty()) {
        return new LoggedEnds(Map.of());
      }
      try {
        return new LoggedEnds(offsets.read(partitions).get());
      } catch (ExecutionException e) {
        throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e);
      }
    };
  }

  boolean contains(OpenOrder order) {
    CompletedOffsets of = done.get(order.assignment.partition());
    return of != null && of.contains(order.record.offset());
  }
}
