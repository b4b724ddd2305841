package dev.brigade.audit;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Commands;
import dev.brigade.orders.ExitCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their first record to their last, as any consumer would: committed records
 * only, in no group. Confined to one thread.
 */
public final class LogReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /** A log that gives nothing for so long is not being served. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final KafkaConsumer<byte[], byte[]> consumer;

  public LogReader(Map<String, Object> clientConfig) {
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

  /** What is done with each record; those of one partition come in log order. */
  public interface RecordHandler {
    void read(ConsumerRecord<byte[], byte[]> record);
  }

  /**
   * Reads several partitions.
   *
   * @param begins the offset of each one's first record
   * @param ends the offset behind the last record to read, of the same partitions
   * @throws CommandFailure if nothing comes for 20 s
   */
  public void read(
      Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends, RecordHandler handler) {
    try {
      consumer.assign(begins.keySet());
      begins.forEach(consumer::seek);
      long read = 0;
      long lastProgress = System.nanoTime();
      while (!isRead(ends)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
          if (end != null && record.offset() < end) {
            handler.read(record);
          }
        }
        long readNow = consumer.assignment().stream().mapToLong(consumer::position).sum();
        if (readNow > read) {
          read = readNow;
          lastProgress = System.nanoTime();
        } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
          throw new CommandFailure(
              ExitCode.UNREACHABLE,
              "cannot read %s to the end: no broker serves it".formatted(begins.keySet()));
        }
      }
    } catch (KafkaException e) {
      throw Commands.explain(e);
    }
  }

  private boolean isRead(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
