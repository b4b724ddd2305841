package dev.brigade.worker;

import dev.brigade.orders.CommandFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The worker's Kafka clients. What a guarantee rests on is set last, over the user's settings. */
final class Clients {
  /** With the default of 30 s a frozen broker holds everything up for as long. */
  private static final int REQUEST_TIMEOUT_MS = 5_000;

  /** An unmodified broker's minimum for the classic protocol. */
  private static final int SESSION_TIMEOUT_MS = 6_000;

  private static final int HEARTBEAT_MS = 300;

  /** What the brokers decide in the consumer protocol. */
  private static final List<String> BROKERS_OWN =
      List.of(
          ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);

  /**
   * A leader that the other brokers do not reach goes on answering and says nothing of the next
   * one; and nobody says that partitions were added to orders. By default it is 5 minutes.
   */
  private static final int METADATA_MAX_AGE_MS = 3_000;

  private static final int MAX_POLL_RECORDS = 500;

  private static final int TRANSACTION_TIMEOUT_MS = 10_000;

  /**
   * Whatever the commit interval: batches of over 500 partitions use up the producer's memory, and
   * nothing else ends the wait for it.
   */
  private static final long LONGEST_LINGER_MS = 5_000;

  private Clients() {}

  static KafkaConsumer<byte[], byte[]> consumer(
      Map<String, Object> base, String group, WorkerOptions options) {
    Map<String, Object> config = relevant(base, ConsumerConfig.configNames());
    config.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
    config.putIfAbsent(
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(MAX_POLL_RECORDS, options.maxInFlight()));
    config.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, options.workerId());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    if (options.staticMember()) {
      config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, options.workerId());
    }
    join(config, options.groupProtocol());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** With the consumer protocol the brokers set the session's times; the client refuses ours. */
  private static void join(Map<String, Object> config, GroupProtocol protocol) {
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol.name().toLowerCase(Locale.ROOT));
    if (protocol == GroupProtocol.CLASSIC) {
      config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
      config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
      config.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          CooperativeStickyAssignor.class.getName());
      return;
    }
    for (String key : BROKERS_OWN) {
      if (config.containsKey(key)) {
        throw CommandFailure.usage(
            "--command-config must not set "
                + key
                + " with --group-protocol consumer: there it is the brokers' (group.consumer."
                + key
                + "); remove it");
      }
    }
  }

  /**
   * What the group goes by; with the consumer protocol only unless its brokers say otherwise.
   *
   * @param base of {@link #consumer}, which takes the values, so they are numbers
   */
  static Session session(Map<String, Object> base, GroupProtocol protocol) {
    return protocol == GroupProtocol.CONSUMER
        ? Session.OF_BROKERS
        : new Session(
            millis(base, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS),
            millis(base, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS));
  }

  private static Duration millis(Map<String, Object> base, String key, int otherwise) {
    return Duration.ofMillis(Long.parseLong(base.getOrDefault(key, otherwise).toString().trim()));
  }

  /**
   * For meals and dead letters: acknowledged by all, in order, never given up. What ended together
   * goes at once: waiting for more would only delay it.
   */
  static KafkaProducer<byte[], byte[]> pass(Map<String, Object> base, WorkerOptions options) {
    return new KafkaProducer<>(
        passConfig(base, options, Duration.ZERO),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /**
   * The same in transactions; a transaction that its worker left alone ends soon. What ended goes
   * with the commit, unless a batch is full: a transaction's first sends to several brokers disturb
   * each other. While its coordinator takes in the partitions of one it refuses the others, and
   * each batch that was refused rests 100 ms.
   */
  static KafkaProducer<byte[], byte[]> lane(
      Map<String, Object> base, WorkerOptions options, String transactionalId) {
    return new KafkaProducer<>(
        laneConfig(base, options, transactionalId),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  static Map<String, Object> laneConfig(
      Map<String, Object> base, WorkerOptions options, String transactionalId) {
    Map<String, Object> config = passConfig(base, options, options.commitInterval());
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    // What takes longer belongs to a transaction that has timed out: waiting on is in vain.
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) TRANSACTION_TIMEOUT_MS);
    return config;
  }

  static Map<String, Object> passConfig(
      Map<String, Object> base, WorkerOptions options, Duration linger) {
    Map<String, Object> config = producer(base, options.workerId() + "-pass");
    config.putIfAbsent(
        ProducerConfig.LINGER_MS_CONFIG, (int) Math.min(linger.toMillis(), LONGEST_LINGER_MS));
    config.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    // Else the least loaded broker would be asked who leads, and that is the one that is lost:
    // behind the one request that it does not answer, while the others are busy.
    config.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * 1024 * 1024);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
    return config;
  }

  /** For activity: small, and given up soon. */
  static KafkaProducer<byte[], byte[]> activity(Map<String, Object> base, WorkerOptions options) {
    Map<String, Object> config = producer(base, options.workerId() + "-activity");
    config.put(ProducerConfig.ACKS_CONFIG, "1");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1024 * 1024);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** For looking at topics. */
  static Admin admin(Map<String, Object> base, WorkerOptions options) {
    Map<String, Object> config = relevant(base, AdminClientConfig.configNames());
    config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.put(AdminClientConfig.CLIENT_ID_CONFIG, options.workerId() + "-topics");
    return Admin.create(config);
  }

  private static Map<String, Object> producer(Map<String, Object> base, String clientId) {
    Map<String, Object> config = relevant(base, ProducerConfig.configNames());
    config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.putIfAbsent(ProducerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    return config;
  }

  /** A client warns about every property that only another kind of client knows. */
  private static Map<String, Object> relevant(Map<String, Object> base, Set<String> known) {
    Map<String, Object> config = new HashMap<>(base);
    config.keySet().retainAll(known);
    return config;
  }
}
