package dev.brigade.bench.contender;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Meals on their way to the brokers, and the offsets that may be committed once they are there. */
final class SentBatch {
  private final List<Future<?>> sends = new ArrayList<>();
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

  void add(Future<?> send) {
    sends.add(send);
  }

  /** Everything before this offset is cooked, and its meals are in this batch or an earlier one. */
  void cookedUpTo(TopicPartition partition, long offset) {
    offsets.put(partition, new OffsetAndMetadata(offset));
  }

  boolean isEmpty() {
    return sends.isEmpty();
  }

  /**
   * Waits until the brokers have acknowledged every meal.
   *
   * @return what may be committed now
   */
  Map<TopicPartition, OffsetAndMetadata> awaitAcknowledged()
      throws ExecutionException, InterruptedException {
    for (Future<?> send : sends) {
      send.get();
    }
    return offsets;
  }
}
