package dev.brigade.monitor;

import dev.brigade.orders.Commands;
import dev.brigade.orders.Json;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.MalformedRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code latency} as anybody may: in no group, so that any number of readers each see all of
 * it. Confined to one thread.
 */
final class LatencyReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LatencyReader.class);

  private final KafkaConsumer<byte[], byte[]> consumer;

  private LatencyReader(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * @param clientConfig what every client of the command starts from
   * @param partitions of {@code latency}
   * @param fromBeginning else from now on, which is fixed before this returns
   */
  static LatencyReader open(
      Map<String, Object> clientConfig, Kitchen kitchen, int partitions, boolean fromBeginning) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    config.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
    List<TopicPartition> all = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      all.add(new TopicPartition(kitchen.latency(), partition));
    }
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      consumer.assign(all);
      if (fromBeginning) {
        consumer.seekToBeginning(all);
      } else {
        consumer.seekToEnd(all);
      }
      all.forEach(consumer::position);
      return new LatencyReader(consumer);
    } catch (KafkaException e) {
      consumer.close();
      throw Commands.explain(e, "READ");
    }
  }

  /** Windows in log order; what is no window is left out with a warning. */
  List<LatencyWindow> poll(Duration timeout) {
    List<LatencyWindow> windows = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
      try {
        windows.add(
            Json.read(record.value() == null ? new byte[0] : record.value(), LatencyWindow.class));
      } catch (MalformedRecordException e) {
        LOG.warn(
            "{}, partition {}, offset {} is no latency window: {}",
            record.topic(),
            record.partition(),
            record.offset(),
            e.getMessage());
      }
    }
    return windows;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
