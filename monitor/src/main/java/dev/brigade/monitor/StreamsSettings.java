package dev.brigade.monitor;

import dev.brigade.orders.Kitchen;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Streams runs the topology. */
final class StreamsSettings {
  private static final int COMMIT_EVERY_MS = 2_000;

  /**
   * Longer than it takes until a dead broker's partitions have other leaders: after it all state is
   * read anew. A monitor that is not started again in its directory keeps the next one waiting for
   * as long.
   */
  private static final int TRANSACTION_TIMEOUT_MS = 30_000;

  /**
   * A leader that the other brokers do not reach goes on answering, and nobody tells of the next.
   */
  private static final int METADATA_MAX_AGE_MS = 3_000;

  private StreamsSettings() {}

  /**
   * @param clientConfig what every client of the command starts from
   * @param replicationFactor of the kitchen's topics
   */
  static Properties of(
      Kitchen kitchen,
      Map<String, Object> clientConfig,
      MonitorIdentity identity,
      Path stateDirectory,
      int threads,
      int replicationFactor) {
    Map<String, Object> settings = new HashMap<>(clientConfig);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, kitchen.monitorApplicationId());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 8 << 20);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
    if (replicationFactor >= 3) {
      settings.put(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), 2);
    }
    commitRarely(settings);
    readEvenly(settings);
    failSoon(settings, identity);
    produceInTransactions(settings);
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  /**
   * Find out soon that a broker or another monitor is gone; wait for neither longer than needed.
   */
  private static void failSoon(Map<String, Object> settings, MonitorIdentity identity) {
    settings.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        identity.groupInstanceId());
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 300);
    settings.putIfAbsent(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
  }

  /**
   * A commit takes as long as its round trips, which is seconds while brokers fail, and nothing is
   * read meanwhile: so a monitor that is behind commits rarely. One that is not asks for more, see
   * {@link WindowProcessor}.
   */
  private static void commitRarely(Map<String, Object> settings) {
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_EVERY_MS);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        TRANSACTION_TIMEOUT_MS);
  }

  /** While catching up no partition may keep the others, or the reports, waiting for long. */
  private static void readEvenly(Map<String, Object> settings) {
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 256 << 10);
  }

  /**
   * One request at a time: a transaction's first batch is refused while the one before is still
   * being completed, and whatever was sent behind it would be refused as out of order. And few of
   * them: each request that brings a partition into a transaction waits for its coordinator, which
   * refuses all others meanwhile. So what is written waits for the commit, which sends it all.
   */
  private static void produceInTransactions(Map<String, Object> settings) {
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), COMMIT_EVERY_MS);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 64 << 10);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 2 << 20);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
  }
}
