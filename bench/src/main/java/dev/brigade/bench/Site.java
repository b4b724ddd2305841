package dev.brigade.bench;

import dev.brigade.audit.LogOffsets;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.TopicInit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where one run takes place: a broker process of its own with empty topics, set up as Kafka's
 * scripts and defaults do, so that no run finds what another left behind. Confined to one thread.
 */
final class Site implements AutoCloseable {
  static final Kitchen KITCHEN = new Kitchen("bench");

  private static final int BROKER = 1;

  private static final List<String> BROKER_FLAGS =
      List.of(
          "-Xms1g",
          "-Xmx1g",
          "-XX:-UseSerialGC", // which is what a small broker uses
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:TieredStopAtLevel=4");

  private static final int BATCH_BYTES = 128 * 1024;

  private final KafkaCluster cluster;
  private final int partitions;
  private final Admin admin;
  private final LogOffsets offsets;

  private Site(KafkaCluster cluster, int partitions) {
    this.cluster = cluster;
    this.partitions = partitions;
    this.admin = Admin.create(clientConfig());
    this.offsets = new LogOffsets(clientConfig());
  }

  /**
   * @param partitions of the topics
   */
  static Site open(int partitions) {
    KafkaCluster cluster =
        KafkaCluster.builder()
            .brokers(1)
            .asProcesses()
            .temporary()
            .jvmFlags(BROKER_FLAGS)
            .property("num.network.threads", "3")
            .property("num.io.threads", "8")
            .start();
    Site site = new Site(cluster, partitions);
    try {
      TopicInit.run(site.admin, KITCHEN, partitions);
      return site;
    } catch (RuntimeException e) {
      site.close();
      throw e;
    }
  }

  String bootstrap() {
    return cluster.bootstrapServers();
  }

  Map<String, Object> clientConfig() {
    return Map.of("bootstrap.servers", cluster.bootstrapServers());
  }

  long brokerPid() {
    return cluster.pid(BROKER).orElseThrow();
  }

  Admin admin() {
    return admin;
  }

  /**
   * Puts all orders into the log, placed now. Returns when the broker has acknowledged them. Many
   * partitions have their orders in batches as few do: it waits longer, and has room for them.
   */
  void load(OrderBook book) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    Map<String, Object> config = new HashMap<>(clientConfig());
    config.put(
        ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(32L << 20, 2L * partitions * BATCH_BYTES));
    try (KafkaProducer<byte[], byte[]> producer = producer(config, Math.max(5, partitions / 2))) {
      for (int seq = 0; seq < book.size(); seq++) {
        int expected = book.offset(seq);
        producer.send(
            book.record(KITCHEN.orders(), seq, Instant.now()),
            (metadata, e) -> {
              if (e != null || metadata.offset() != expected) {
                failure.compareAndSet(
                    null,
                    Objects.requireNonNullElseGet(
                        e, () -> new IllegalStateException("the log was not empty")));
              }
            });
      }
    }
    if (failure.get() != null) {
      throw new CommandFailure(
          ExitCode.FAILED, "the orders cannot be loaded: " + failure.get(), failure.get());
    }
  }

  /** Puts a meal for every order into the log, as if they had been cooked. */
  void loadMeals(OrderBook book) {
    Instant now = Instant.now();
    try (KafkaProducer<byte[], byte[]> producer = producer(clientConfig(), 5)) {
      for (int seq = 0; seq < book.size(); seq++) {
        var unused = producer.send(book.meal(KITCHEN.meals(), seq, now));
      }
    }
    if (count(KITCHEN.meals()) != book.size()) {
      throw new CommandFailure(ExitCode.FAILED, "the meals cannot be loaded");
    }
  }

  static KafkaProducer<byte[], byte[]> producer(Map<String, Object> clientConfig, int lingerMs) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.LINGER_MS_CONFIG, lingerMs);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** How many records lie in a topic, markers of transactions included. */
  long count(String topic) {
    return offsets.ends(offsets.partitions(topic)).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** How many orders the workers' group has committed: of each partition, up to its first gap. */
  long committed() {
    return committed(KITCHEN.chefsGroup());
  }

  /** How many records a group has committed, of all its partitions together. */
  long committed(String group) {
    boolean shares =
        ClusterConnection.await(admin.listGroups().all()).stream()
            .anyMatch(
                listing ->
                    listing.groupId().equals(group)
                        && listing.type().filter(GroupType.SHARE::equals).isPresent());
    return shares ? committedByShareGroup(group) : committedByConsumerGroup(group);
  }

  private long committedByConsumerGroup(String group) {
    return ClusterConnection.await(
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .values()
        .stream()
        .filter(Objects::nonNull)
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  private long committedByShareGroup(String group) {
    return ClusterConnection.await(
            admin
                .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group))
        .values()
        .stream()
        .filter(Objects::nonNull)
        .mapToLong(SharePartitionOffsetInfo::startOffset)
        .sum();
  }

  @Override
  public void close() {
    offsets.close();
    admin.close(Duration.ofSeconds(1));
    cluster.close();
  }
}
