package dev.brigade.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** An ordinary Kafka client, as far as the tests need one: every call is answered or fails. */
final class Client implements AutoCloseable {
  static final int NONE = -1;

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final Map<String, Object> connection;
  private final Admin admin;
  private final KafkaProducer<String, String> producer;

  Client(KafkaCluster cluster) {
    this(cluster.bootstrapServers());
  }

  Client(String bootstrapServers) {
    this(bootstrapServers, "client");
  }

  Client(String bootstrapServers, String clientId) {
    this.connection =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "client.id",
            clientId,
            "request.timeout.ms",
            "2000",
            "metadata.max.age.ms",
            "2000");
    this.admin = Admin.create(connection);
    this.producer =
        new KafkaProducer<>(properties(), new StringSerializer(), new StringSerializer());
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(connection);
    return properties;
  }

  void createTopic(String topic) {
    createTopic(new NewTopic(topic, Optional.empty(), Optional.empty()));
  }

  void createTopic(String topic, int partitions) {
    createTopic(new NewTopic(topic, Optional.of(partitions), Optional.empty()));
  }

  private void createTopic(NewTopic topic) {
    get(() -> admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS));
  }

  void send(String topic, String value) {
    get(() -> producer.send(new ProducerRecord<>(topic, value)).get(60, TimeUnit.SECONDS));
  }

  /** Whether the brokers have taken the value; this client must send nothing more if not. */
  boolean sendsWithin(Duration limit, String topic, String value)
      throws ExecutionException, InterruptedException {
    try {
      producer
          .send(new ProducerRecord<>(topic, value))
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** The topic's values from the beginning, as a member of a new group; waits for that many. */
  List<String> read(String topic, int count) {
    Properties properties = properties();
    properties.put("group.id", "group-" + System.nanoTime());
    properties.put("auto.offset.reset", "earliest");
    List<String> values = new ArrayList<>();
    long end = System.nanoTime() + ANSWER_LIMIT.toNanos();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (values.size() < count && System.nanoTime() < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }

  TopicPartitionInfo partition(String topic) {
    return get(() ->
            admin
                .describeTopics(List.of(topic))
                .topicNameValues()
                .values()
                .iterator()
                .next()
                .get(30, TimeUnit.SECONDS))
        .partitions()
        .get(0);
  }

  /** The leader's id; {@link #NONE} while there is none. */
  int leader(String topic) {
    Node leader = partition(topic).leader();
    return leader == null ? NONE : leader.id();
  }

  List<Integer> inSync(String topic) {
    return partition(topic).isr().stream().map(node -> node.id()).sorted().toList();
  }

  List<Integer> brokers() {
    return get(() -> admin.describeCluster().nodes().get(30, TimeUnit.SECONDS)).stream()
        .map(node -> node.id())
        .sorted()
        .toList();
  }

  String clusterId() {
    return get(() -> admin.describeCluster().clusterId().get(30, TimeUnit.SECONDS));
  }

  private interface Question<T> {
    T ask() throws Exception;
  }

  /** Asks again while the broker that was asked does not know yet what another one has decided. */
  private static <T> T get(Question<T> question) {
    long end = System.nanoTime() + ANSWER_LIMIT.toNanos();
    while (true) {
      try {
        return question.ask();
      } catch (Exception e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > end) {
          throw new AssertionError("no answer from the cluster", e);
        }
      }
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
    admin.close(Duration.ofSeconds(1));
  }
}
