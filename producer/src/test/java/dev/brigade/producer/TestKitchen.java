package dev.brigade.producer;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import dev.brigade.orders.TopicInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A kitchen of a test's own on the shared broker, in which the test itself does the cooking. */
final class TestKitchen implements AutoCloseable {
  static final int PARTITIONS = 3;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  final Kitchen kitchen = new Kitchen("producer-" + COUNT.incrementAndGet());
  private final String bootstrap;
  private final Map<String, Object> config;
  private final KafkaProducer<byte[], byte[]> producer;

  TestKitchen(KafkaCluster cluster) {
    bootstrap = cluster.bootstrapServers();
    config = Map.of("bootstrap.servers", bootstrap);
    try (Admin admin = Admin.create(config)) {
      TopicInit.run(admin, kitchen, PARTITIONS);
    }
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A command's arguments followed by those that connect it to this kitchen. */
  String[] args(String... args) {
    return Stream.concat(
            Stream.of(args),
            Stream.of("--bootstrap-server", bootstrap, "--kitchen", kitchen.name(), "--quiet"))
        .toArray(String[]::new);
  }

  Map<String, Object> config() {
    return config;
  }

  /** Everything on the topic now, by offset within each partition. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      long size = size(consumer);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (records.size() < size) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError("read " + records.size() + " of " + size + " from " + topic);
        }
      }
      records.sort(Comparator.comparingLong(ConsumerRecord::offset));
      return records;
    }
  }

  /** How many offsets the topic has now, over all partitions. */
  long size(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
      return size(consumer);
    }
  }

  private static long size(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.endOffsets(consumer.assignment()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  static Order order(ConsumerRecord<byte[], byte[]> record) {
    try {
      return OrderCodec.decode(record.value());
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(String topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  /** Gives every order, as it comes, to the chef until the returned handle is closed. */
  Cooking cook(Consumer<ConsumerRecord<byte[], byte[]>> chef) {
    return new Cooking(consumer(kitchen.orders()), chef);
  }

  void meal(ConsumerRecord<byte[], byte[]> order, Duration after) {
    Order cooked = order(order);
    Meal meal =
        new Meal(
            cooked.id(),
            cooked.dish(),
            cooked.table(),
            "w-1",
            0,
            order.partition(),
            order.offset(),
            1,
            cooked.placedAt(),
            cooked.placedAt(),
            cooked.placedAt().plus(after),
            1,
            cooked.batch(),
            cooked.payload());
    send(
        new ProducerRecord<>(
            kitchen.meals(), order.partition(), order.key(), MealCodec.encode(meal)));
  }

  void deadLetter(ConsumerRecord<byte[], byte[]> order) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(kitchen.deadLetters(), order.partition(), order.key(), order.value());
    new DeadLetter(
            DeadLetterReason.REJECTED,
            "too salty",
            1,
            "w-1",
            order(order).placedAt(),
            kitchen.orders(),
            new CompletionId(order.partition(), order.offset()))
        .writeTo(letter.headers());
    send(letter);
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }

  /** The thread that cooks. */
  static final class Cooking implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;

    Cooking(KafkaConsumer<byte[], byte[]> consumer, Consumer<ConsumerRecord<byte[], byte[]>> chef) {
      this.consumer = consumer;
      this.thread = new Thread(() -> run(chef), "test-chef");
      thread.start();
    }

    private void run(Consumer<ConsumerRecord<byte[], byte[]>> chef) {
      try (consumer) {
        while (true) {
          consumer.poll(Duration.ofSeconds(1)).forEach(chef);
        }
      } catch (WakeupException e) {
        // Closed.
      }
    }

    @Override
    public void close() {
      consumer.wakeup();
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
