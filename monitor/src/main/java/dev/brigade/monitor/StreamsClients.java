package dev.brigade.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients Streams works with, with two differences. The main consumer tells its positions to
 * {@link LogProgress}. And a producer's transactional id follows from this monitor's identity, not
 * from a number drawn at each start: so a restart ends the transaction of the process that was
 * killed at once, instead of waiting for the broker to give it up.
 */
final class StreamsClients implements KafkaClientSupplier {
  private final MonitorIdentity identity;
  private final LogProgress progress;

  StreamsClients(MonitorIdentity identity, LogProgress progress) {
    this.identity = identity;
    this.progress = progress;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    String drawn = String.valueOf(config.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG));
    String thread = drawn.substring(drawn.lastIndexOf('-') + 1);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, identity.transactionalId(thread));
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new ToldConsumer(config, progress);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return getRestoreConsumer(config);
  }

  /** Confined to its stream thread, as any consumer. */
  private static final class ToldConsumer extends KafkaConsumer<byte[], byte[]> {
    private final LogProgress progress;

    ToldConsumer(Map<String, Object> config, LogProgress progress) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      this.progress = progress;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      for (TopicPartition partition : records.partitions()) {
        List<ConsumerRecord<byte[], byte[]>> polled = records.records(partition);
        progress.polled(partition, polled.get(polled.size() - 1).offset());
      }
      for (TopicPartition partition : assignment()) {
        tellPosition(partition);
      }
      return records;
    }

    private void tellPosition(TopicPartition partition) {
      try {
        progress.positioned(partition, position(partition, Duration.ZERO));
      } catch (KafkaException e) {
        // What was polled must not be lost to this question. Until the position is known nothing is
        // claimed, and if the reason matters the next poll meets it too.
        progress.started(partition);
      }
    }
  }
}
