package dev.brigade.producer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends orders and counts what became of each: every one sent is acknowledged or failed once the
 * sender is closed. Memory is bounded by the Kafka producer's buffer: a full one blocks the sending
 * thread. All methods belong to that thread, but for the counts, which any thread may read.
 */
final class OrderSender implements AutoCloseable {
  /** Hears of each order's outcome, on the Kafka producer's own thread: must not block. */
  interface Outcomes {
    void acknowledged(int partition, long offset);

    /**
     * @param number what the order was sent with
     */
    void failed(long number, String reason);
  }

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Outcomes outcomes;
  private final LongAdder sent = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile @Nullable Exception breakage;

  OrderSender(Producer<byte[], byte[]> producer, String topic, Outcomes outcomes) {
    this.producer = producer;
    this.topic = topic;
    this.outcomes = outcomes;
  }

  /** The Kafka producer's settings: the user's where they break no guarantee, then these. */
  static Map<String, Object> config(Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    // A leader that the other brokers do not reach goes on answering, and nobody tells of the next.
    config.putIfAbsent(ProducerConfig.METADATA_MAX_AGE_CONFIG, "3000");
    // And as the least loaded broker it would be the one that is asked, behind what it holds up.
    config.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
    config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "120000");
    config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "5");
    config.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
    config.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, "67108864");
    config.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    return config;
  }

  /**
   * @param number names the order to {@link Outcomes#failed}
   * @throws InterruptException if the thread is interrupted while the buffer is full; not sent then
   */
  void send(long number, byte[] key, byte[] value) {
    ProducerRecord<byte[], byte[]> order = new ProducerRecord<>(topic, key, value);
    Delivery delivery = new Delivery(number);
    try {
      producer.send(order, delivery);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException | IllegalStateException e) {
      delivery.onCompletion(null, e);
    }
    sent.increment();
  }

  /** One order on its way. */
  private final class Delivery implements Callback {
    private final long number;

    Delivery(long number) {
      this.number = number;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata at, @Nullable Exception e) {
      if (e == null && at != null) {
        outcomes.acknowledged(at.partition(), at.offset());
        acknowledged.increment();
        return;
      }
      failed.increment();
      if (breakage == null && !concernsOneRecord(e)) {
        breakage = e;
      }
      outcomes.failed(number, e == null ? "no reason given" : String.valueOf(e.getMessage()));
    }
  }

  private static boolean concernsOneRecord(@Nullable Exception e) {
    return e instanceof RecordTooLargeException
        || e instanceof RecordBatchTooLargeException
        || e instanceof InvalidRecordException;
  }

  /** Why nothing more should be sent, or null: a failure that the next order would meet too. */
  @Nullable Exception breakage() {
    return breakage;
  }

  /** Returns when every order sent so far is acknowledged or failed. */
  void flush() {
    producer.flush();
  }

  /** Gives what is still under way a bounded time; then it counts as failed. */
  @Override
  public void close() {
    producer.close(CLOSE_PATIENCE);
  }

  long sent() {
    return sent.sum();
  }

  long acknowledged() {
    return acknowledged.sum();
  }

  long failed() {
    return failed.sum();
  }
}
