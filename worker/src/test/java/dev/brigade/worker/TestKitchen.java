package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.Activity;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.Json;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import dev.brigade.orders.TopicInit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A kitchen of a test's own on the shared broker: sends orders and reads what became of them. */
final class TestKitchen implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  final Kitchen kitchen = new Kitchen("test-" + COUNT.incrementAndGet());
  final int partitions;
  private final Map<String, Object> clientConfig;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> ends;
  private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

  TestKitchen(KafkaCluster cluster, int partitions) {
    this.partitions = partitions;
    this.clientConfig = Map.of("bootstrap.servers", cluster.bootstrapServers());
    this.admin = Admin.create(clientConfig);
    TopicInit.run(admin, kitchen, partitions);
    this.producer =
        new KafkaProducer<>(clientConfig, new ByteArraySerializer(), new ByteArraySerializer());
    Map<String, Object> readCommitted = new HashMap<>(clientConfig);
    readCommitted.put("isolation.level", "read_committed");
    this.ends =
        new KafkaConsumer<>(
            readCommitted, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : List.of(kitchen.meals(), kitchen.deadLetters())) {
      IntStream.range(0, partitions).forEach(p -> all.add(new TopicPartition(topic, p)));
    }
    ends.assign(all);
    ends.seekToBeginning(all);
  }

  /** Adds partitions to a topic, and with the next look at the ends reads these too. */
  void addPartitions(String topic, int total) throws ExecutionException, InterruptedException {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all().get();
    // Answered by the leaders, once they have taken them over; a producer is not told to wait
    admin
        .listOffsets(
            IntStream.range(0, total)
                .boxed()
                .collect(
                    Collectors.toMap(p -> new TopicPartition(topic, p), p -> OffsetSpec.latest())))
        .all()
        .get();
    if (!topic.equals(kitchen.orders())) {
      List<TopicPartition> added =
          IntStream.range(partitions, total).mapToObj(p -> new TopicPartition(topic, p)).toList();
      Set<TopicPartition> all = new HashSet<>(ends.assignment());
      all.addAll(added);
      ends.assign(all);
      ends.seekToBeginning(added);
    }
  }

  Map<String, Object> clientConfig() {
    return clientConfig;
  }

  static Order order(String id, @Nullable String table) {
    return new Order(id, "burger", Instant.now(), table, null, null, NullNode.getInstance());
  }

  void send(Order order) {
    send(order.key().getBytes(StandardCharsets.UTF_8), OrderCodec.encode(order));
  }

  void send(byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
    producer.send(
        new ProducerRecord<>(kitchen.orders(), null, key, value, List.of(headers)),
        (metadata, error) -> {
          if (error != null) {
            throw new IllegalStateException(error);
          }
        });
  }

  /** Orders with ids from..to, spread over 50 tables. */
  void sendNumbered(int from, int to) {
    for (int i = from; i < to; i++) {
      send(order(String.format("%06d", i), "t-" + i % 50));
    }
    flush();
  }

  void sendTo(int partition, Order order) {
    producer.send(
        new ProducerRecord<>(
            kitchen.orders(),
            partition,
            order.key().getBytes(StandardCharsets.UTF_8),
            OrderCodec.encode(order)));
  }

  void sendInTransaction(boolean commit, Order... orders) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put("transactional.id", kitchen.name());
    try (KafkaProducer<byte[], byte[]> transactional =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      transactional.initTransactions();
      transactional.beginTransaction();
      for (Order order : orders) {
        transactional.send(
            new ProducerRecord<>(
                kitchen.orders(),
                order.key().getBytes(StandardCharsets.UTF_8),
                OrderCodec.encode(order)));
      }
      transactional.flush();
      if (commit) {
        transactional.commitTransaction();
      } else {
        transactional.abortTransaction();
      }
    }
  }

  void flush() {
    producer.flush();
  }

  /** Waits until that many different orders have a meal; all meals, also those that came twice. */
  List<Meal> awaitCompletions(int count) {
    return awaitCompletions(count, PATIENCE);
  }

  List<Meal> awaitCompletions(int count, Duration patience) {
    return meals(
        awaitEnds(
            records -> completions(meals(records)) == count, count + " completions", patience));
  }

  /** Every meal and dead letter record so far, once there are this many. */
  List<ConsumerRecord<byte[], byte[]>> awaitEnds(int count) {
    return awaitEnds(records -> records.size() >= count, count + " ends");
  }

  List<ConsumerRecord<byte[], byte[]>> awaitEnds(
      Predicate<List<ConsumerRecord<byte[], byte[]>>> enough, String what) {
    return awaitEnds(enough, what, PATIENCE);
  }

  private List<ConsumerRecord<byte[], byte[]>> awaitEnds(
      Predicate<List<ConsumerRecord<byte[], byte[]>>> enough, String what, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!enough.test(seen)) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited " + patience + " for " + what + ", saw " + seen.size());
      }
      ends.poll(Duration.ofMillis(100)).forEach(seen::add);
    }
    return List.copyOf(seen);
  }

  /** The meals and dead letters in the log right now, all of them. */
  List<ConsumerRecord<byte[], byte[]>> endsInTheLog() {
    Map<TopicPartition, Long> ends = this.ends.endOffsets(this.ends.assignment());
    return awaitEnds(
        records ->
            ends.entrySet().stream()
                .allMatch(end -> this.ends.position(end.getKey()) >= end.getValue()),
        "the end of the log");
  }

  List<Meal> meals(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .filter(record -> record.topic().equals(kitchen.meals()))
        .map(TestKitchen::meal)
        .toList();
  }

  Map<CompletionId, DeadLetter> deadLetters(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<CompletionId, DeadLetter> letters = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(kitchen.deadLetters())) {
        DeadLetter letter = deadLetter(record);
        letters.put(letter.origin(), letter);
      }
    }
    return letters;
  }

  /** Of the order that a meal or a dead letter ends. */
  static CompletionId completionId(ConsumerRecord<byte[], byte[]> end) {
    return end.topic().endsWith(".meals") ? meal(end).completionId() : deadLetter(end).origin();
  }

  /** How many different orders these are of. */
  static long completions(List<Meal> meals) {
    return meals.stream().map(Meal::completionId).distinct().count();
  }

  /** Each table's first completions are in log order. */
  static void assertFirstCompletionsInOrder(List<Meal> meals) {
    Map<String, Long> last = new HashMap<>();
    Set<CompletionId> seen = new HashSet<>();
    for (Meal meal : meals) {
      if (seen.add(meal.completionId())) {
        String key = meal.partition() + " " + meal.table();
        assertThat(meal.offset()).as(key).isGreaterThan(last.getOrDefault(key, -1L));
        last.put(key, meal.offset());
      }
    }
  }

  static Meal meal(ConsumerRecord<byte[], byte[]> record) {
    return meal(record.value());
  }

  static Meal meal(byte[] value) {
    try {
      return MealCodec.decode(value);
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
  }

  static Activity activity(byte[] value) {
    try {
      return Json.read(value, Activity.class);
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
  }

  static DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record) {
    return deadLetter(record.headers());
  }

  static DeadLetter deadLetter(Headers headers) {
    try {
      return DeadLetter.read(headers);
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
  }

  /** Committed offsets by partition; partitions without one are left out. */
  Map<Integer, Long> committed() throws ExecutionException, InterruptedException {
    Map<Integer, Long> committed = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> entry :
        admin
            .listConsumerGroupOffsets(kitchen.chefsGroup())
            .partitionsToOffsetAndMetadata()
            .get()
            .entrySet()) {
      if (entry.getValue() != null) {
        committed.put(entry.getKey().partition(), entry.getValue().offset());
      }
    }
    return committed;
  }

  /** End offsets of orders by partition. */
  Map<Integer, Long> ordersEnd() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
    IntStream.range(0, partitions)
        .forEach(p -> specs.put(new TopicPartition(kitchen.orders(), p), OffsetSpec.latest()));
    Map<Integer, Long> ends = new HashMap<>();
    admin
        .listOffsets(specs)
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    return ends;
  }

  /** Whatever the log of orders holds is committed. */
  void assertAllCommitted() throws ExecutionException, InterruptedException {
    assertThat(committed()).isEqualTo(ordersEnd());
  }

  /** What one worker told so far, with all the topic holds at this moment. */
  List<Activity> activities(String worker) {
    TopicPartition partition = new TopicPartition(kitchen.activity(), 0);
    List<Activity> told = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            clientConfig, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (new String(record.key(), StandardCharsets.UTF_8).equals(worker)) {
            told.add(Json.read(record.value(), Activity.class));
          }
        }
      }
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
    return told;
  }

  /** How many members the group has, whatever its state. */
  int members() throws ExecutionException, InterruptedException {
    return admin
        .describeConsumerGroups(List.of(kitchen.chefsGroup()))
        .all()
        .get()
        .values()
        .iterator()
        .next()
        .members()
        .size();
  }

  /** Reads the activity topic from its beginning until a record holds this text. */
  void awaitActivity(String text) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    TopicPartition partition = new TopicPartition(kitchen.activity(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            clientConfig, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (System.nanoTime() - deadline < 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (new String(record.value(), StandardCharsets.UTF_8).contains(text)) {
            return;
          }
        }
      }
    }
    throw new AssertionError("no activity with " + text + " within " + PATIENCE);
  }

  /** Waits until this many members share all partitions and no rebalance goes on. */
  void awaitMembers(int count) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(e -> e.getCause() instanceof GroupIdNotFoundException)
        .until(
            () -> {
              ConsumerGroupDescription group =
                  admin
                      .describeConsumerGroups(List.of(kitchen.chefsGroup()))
                      .all()
                      .get()
                      .get(kitchen.chefsGroup());
              return group != null
                  && group.groupState() == GroupState.STABLE
                  && group.members().size() == count
                  && group.members().stream()
                      .noneMatch(member -> member.assignment().topicPartitions().isEmpty());
            });
  }

  Admin admin() {
    return admin;
  }

  @Override
  public void close() {
    producer.close();
    ends.close();
    admin.close();
  }
}
