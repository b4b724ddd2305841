package dev.brigade.worker;

import java.util.BitSet;
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

  private record Done(long watermark, BitSet pastIt) {}

  private final Map<TopicPartition, Done> done = new HashMap<>();

  LoggedEnds(Map<TopicPartition, OffsetAndMetadata> committed) {
    committed.forEach(
        (partition, last) -> {
          if (last != null) {
            String text = Holding.doneSet(last.offset(), last.metadata());
            done.put(partition, new Done(last.offset(), DoneSet.decode(last.offset(), text)));
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
    Done of = done.get(order.assignment.partition());
    if (of == null) {
      return false;
    }
    long past = order.record.offset() - of.watermark();
    return past < 0 || past < of.pastIt().length() && of.pastIt().get((int) past);
  }
}
