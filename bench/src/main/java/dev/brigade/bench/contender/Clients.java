package dev.brigade.bench.contender;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The settings of Kafka's clients that are the same for every contender. */
final class Clients {
  private static final int LINGER_MS = 2;
  private static final int BATCH_BYTES = 64 * 1024;

  private Clients() {}

  static Map<String, Object> consumer(Task task) {
    Map<String, Object> config = new TreeMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrap());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, task.group());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, task.worker());
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return config;
  }

  /** Idempotent and acknowledged by all; linger and batch size are Brigade's own. */
  static Map<String, Object> producer(Task task) {
    Map<String, Object> config = new TreeMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrap());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, task.worker());
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    return config;
  }
}
