package dev.brigade.kitchen;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Commands;
import dev.brigade.orders.ExitCode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads partitions from their first record to their last, as any consumer would: committed records
 * only, in no group. Confined to one thread.
 */
final class LogReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /** A log that gives nothing for so long is not being served. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final KafkaConsumer<byte[], byte[]> consumer;

  LogReader(Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    // A fetch that waits for more at the end of one partition would hold up the next one's.
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What a reader of one partition does with each record, in log order. */
  interface RecordHandler {
    void read(ConsumerRecord<byte[], byte[]> record);
  }

  int partitions(String topic) {
    return consumer.partitionsFor(topic).size();
  }

  Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
    return consumer.beginningOffsets(partitions);
  }

  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return consumer.endOffsets(partitions);
  }

  /**
   * Reads everything before that offset.
   *
   * @throws CommandFailure if nothing comes for 20 s
   */
  void read(TopicPartition partition, long end, RecordHandler handler) {
    try {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long lastProgress = System.nanoTime();
      long position;
      while ((position = consumer.position(partition)) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() < end) {
            handler.read(record);
          }
        }
        if (consumer.position(partition) > position) {
          lastProgress = System.nanoTime();
        } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
          throw new CommandFailure(
              ExitCode.UNREACHABLE,
              "cannot read %s on from offset %d: no broker serves it"
                  .formatted(partition, position));
        }
      }
    } catch (KafkaException e) {
      throw Commands.explain(e, "READ");
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
