package dev.brigade.bench.contender;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics on the shared broker: what contenders read and write, and what became of it. */
final class BenchTopics {
  static final int PARTITIONS = 12;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaCluster cluster;

  BenchTopics(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  void create(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
          .all()
          .get();
    }
  }

  void load(String topic, int orders, int tables) {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int seq = 0; seq < orders; seq++) {
        Order order =
            new Order(
                "o" + seq,
                "work",
                Instant.now(),
                "t" + seq % tables,
                null,
                null,
                NullNode.getInstance());
        producer.send(
            new ProducerRecord<>(
                topic, order.key().getBytes(StandardCharsets.UTF_8), OrderCodec.encode(order)));
      }
    }
  }

  /** Reads what is committed until there is enough and nothing more, or no more to hope for. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic, int enough, BooleanSupplier hope) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (records.size() < enough && hope.getAsBoolean() && System.nanoTime() - deadline < 0) {
        consumer.poll(POLL).forEach(records::add);
      }
      consumer
          .endOffsets(partitions)
          .forEach(
              (partition, end) -> {
                while (consumer.position(partition) < end && System.nanoTime() - deadline < 0) {
                  consumer.poll(POLL).forEach(records::add);
                }
              });
    }
    return records;
  }

  /** Of all partitions together: how many orders the group has done with. */
  long committed(String group) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(offset -> offset.offset())
          .sum();
    }
  }
}
