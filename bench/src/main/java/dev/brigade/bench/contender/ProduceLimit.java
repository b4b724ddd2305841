package dev.brigade.bench.contender;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** How fast meals are encoded and sent by who does nothing else: as many as there are orders. */
final class ProduceLimit {
  private static final int THREADS = 2;
  private static final int TABLES = 5_000;

  private final Task task;
  private final Producer<byte[], byte[]> producer;
  private final int partitions;
  private final Stretch stretch;

  private ProduceLimit(
      Task task, Producer<byte[], byte[]> producer, int partitions, Stretch stretch) {
    this.task = task;
    this.producer = producer;
    this.partitions = partitions;
    this.stretch = stretch;
  }

  public static void main(String[] arguments) {
    ContenderProcess.run(ProduceLimit::wire);
  }

  private static Work wire(Task task) {
    Map<String, Object> config = Clients.producer(task);
    Settings.say("%d threads, one producer".formatted(THREADS));
    Settings.sayOf("producer", config, ProducerConfig.configDef());
    Producer<byte[], byte[]> producer = new KafkaProducer<>(config);
    Stretch stretch = new Stretch();
    List<Loops.Loop> loops = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(Clients.consumer(task))) {
      List<TopicPartition> orders = OrdersTopic.partitions(consumer, task.orders());
      long meals = OrdersTopic.count(consumer, orders);
      ProduceLimit limit = new ProduceLimit(task, producer, orders.size(), stretch);
      for (int thread = 0; thread < THREADS; thread++) {
        long from = meals * thread / THREADS;
        long to = meals * (thread + 1) / THREADS;
        loops.add(stopping -> limit.send(from, to, stopping));
      }
    }
    return new Loops(
        loops,
        () -> {
          producer.close();
          stretch.sayLimit();
        });
  }

  private void send(long from, long to, BooleanSupplier stopping)
      throws ExecutionException, InterruptedException {
    stretch.begin();
    SentBatch sent = new SentBatch();
    long number = from;
    while (number < to && !stopping.getAsBoolean()) {
      sent.add(producer.send(meal(number)));
      number++;
    }
    sent.awaitAcknowledged();
    stretch.add(number - from);
  }

  private ProducerRecord<byte[], byte[]> meal(long number) {
    int partition = (int) (number % partitions);
    String table = "t" + number % TABLES;
    Instant now = Instant.now();
    Meal meal =
        new Meal(
            "o" + number,
            "work",
            table,
            task.worker(),
            0,
            partition,
            number / partitions,
            1,
            now,
            now,
            now,
            0,
            null,
            NullNode.getInstance());
    byte[] key = table.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(task.meals(), partition, key, MealCodec.encode(meal));
  }
}
