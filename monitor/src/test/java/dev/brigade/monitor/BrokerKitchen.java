package dev.brigade.monitor;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.InitCommand;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import picocli.CommandLine;

/** A kitchen on a real broker, without workers: the test writes what they would have written. */
final class BrokerKitchen implements AutoCloseable {
  static final int PARTITIONS = 4;

  private final Map<String, Object> client;
  final Kitchen kitchen;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Random random = new Random(7);
  private final Map<String, LatencyWindow> latest = new TreeMap<>();

  /**
   * @param transactionalId of an exactly-once worker, whose transaction markers take offsets too
   */
  BrokerKitchen(KafkaCluster cluster, String name, String transactionalId) {
    client = Map.of("bootstrap.servers", cluster.bootstrapServers());
    kitchen = new Kitchen(name);
    int created =
        new CommandLine(new InitCommand())
            .setOut(new PrintWriter(Writer.nullWriter()))
            .execute(
                "--bootstrap-server",
                cluster.bootstrapServers(),
                "--kitchen",
                name,
                "--partitions",
                Integer.toString(PARTITIONS));
    if (created != 0) {
      throw new AssertionError("init ended with " + created);
    }
    Map<String, Object> config = new HashMap<>(client);
    config.put("transactional.id", transactionalId);
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Orders of which most end: well, badly, twice, or in a transaction that is aborted. */
  void serve(int orders) throws Exception {
    List<RecordMetadata> placed = new ArrayList<>();
    producer.beginTransaction();
    for (int i = 0; i < orders; i++) {
      placed.add(
          producer
              .send(
                  new ProducerRecord<>(
                      kitchen.orders(), random.nextInt(PARTITIONS), null, value(dish(i))))
              .get());
    }
    producer.commitTransaction();
    producer.beginTransaction();
    for (int i = 0; i < orders; i++) {
      end(placed.get(i), dish(i), random.nextInt(10));
    }
    producer.commitTransaction();
    producer.beginTransaction();
    end(placed.get(0), dish(0), 9);
    end(placed.get(1), dish(1), 0);
    producer.abortTransaction();
  }

  private static String dish(int number) {
    return number % 3 == 0 ? "soup" : "burger";
  }

  private static byte[] value(String dish) {
    return OrderCodec.encode(new Order("order", dish, Instant.now()));
  }

  private void end(RecordMetadata order, String dish, int kind) {
    switch (kind) {
      case 0 -> deadLetter(order);
      case 1 -> {
        meal(order, dish);
        meal(order, dish);
      }
      case 2 -> {}
      default -> meal(order, dish);
    }
  }

  private void meal(RecordMetadata order, String dish) {
    Instant placed = Instant.now().minusMillis(random.nextInt(3000));
    Instant started = placed.plusNanos(random.nextInt(50_000_000));
    Meal meal =
        new Meal(
            "order",
            dish,
            null,
            "w-1",
            0,
            order.partition(),
            order.offset(),
            1,
            placed,
            started,
            started.plusNanos(random.nextInt(200_000_000)),
            random.nextInt(200_000),
            null,
            NullNode.getInstance());
    producer.send(
        new ProducerRecord<>(kitchen.meals(), order.partition(), null, MealCodec.encode(meal)));
  }

  private void deadLetter(RecordMetadata order) {
    RecordHeaders headers = new RecordHeaders();
    new DeadLetter(
            DeadLetterReason.EXHAUSTED,
            "no luck",
            5,
            "w-1",
            Instant.now(),
            kitchen.orders(),
            new CompletionId(order.partition(), order.offset()))
        .writeTo(headers);
    producer.send(
        new ProducerRecord<>(
            kitchen.deadLetters(), order.partition(), null, null, value("any"), headers));
  }

  /** What the windows have to be, from the topics themselves. */
  NaiveWindows recomputed() throws Exception {
    Map<CompletionId, String> dishes = new HashMap<>();
    for (ConsumerRecord<String, byte[]> order : all(kitchen.orders())) {
      dishes.put(
          new CompletionId(order.partition(), order.offset()),
          OrderCodec.decode(order.value()).dish());
    }
    NaiveWindows expected = new NaiveWindows();
    Set<CompletionId> ended = new HashSet<>();
    for (ConsumerRecord<String, byte[]> record : all(kitchen.meals())) {
      Meal meal = MealCodec.decode(record.value());
      if (dishes.containsKey(meal.completionId()) && ended.add(meal.completionId())) {
        expected.cooked(
            meal.dish(),
            Instant.ofEpochMilli(record.timestamp()),
            Duration.between(meal.placedAt(), meal.finishedAt()).toNanos() / 1000,
            Duration.between(meal.placedAt(), meal.startedAt()).toNanos() / 1000,
            meal.cookMicros());
      }
    }
    for (ConsumerRecord<String, byte[]> record : all(kitchen.deadLetters())) {
      CompletionId order = DeadLetter.read(record.headers()).origin();
      String dish = dishes.get(order);
      if (dish != null && ended.add(order)) {
        expected.dead(dish, Instant.ofEpochMilli(record.timestamp()));
      }
    }
    return expected;
  }

  private List<ConsumerRecord<String, byte[]>> all(String topic) {
    Map<String, Object> config = new HashMap<>(client);
    config.put("isolation.level", "read_committed");
    List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(all::add);
      }
    }
    return all;
  }

  /** A reader of everything that was ever published. */
  LatencyReader latency() {
    return LatencyReader.open(client, kitchen, 1, true);
  }

  /** Reads on and returns the last revision of every window so far. */
  Map<String, LatencyWindow> latest(LatencyReader latency) {
    for (LatencyWindow window : latency.poll(Duration.ofMillis(100))) {
      LatencyWindow before = latest.put(window.key(), window);
      if (before != null && before.isFinal()) {
        throw new AssertionError(window.key() + " has a revision after its final one");
      }
    }
    return latest;
  }

  @Override
  public void close() {
    producer.close();
  }
}
