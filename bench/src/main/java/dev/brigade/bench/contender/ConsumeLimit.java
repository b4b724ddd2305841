package dev.brigade.bench.contender;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** How fast orders are read and decoded by who does nothing else: each once. */
final class ConsumeLimit {
  private static final int CONSUMERS = 2;
  private static final Duration POLL = Duration.ofMillis(100);

  private ConsumeLimit() {}

  public static void main(String[] arguments) {
    ContenderProcess.run(ConsumeLimit::wire);
  }

  private static Work wire(Task task) {
    Map<String, Object> config = Clients.consumer(task);
    Settings.say("%d consumers on a thread each, with half of the partitions".formatted(CONSUMERS));
    Settings.sayOf("consumer", config, ConsumerConfig.configDef());
    Stretch stretch = new Stretch();
    List<Loops.Loop> loops = new ArrayList<>();
    for (int number = 0; number < CONSUMERS; number++) {
      config.put(ConsumerConfig.CLIENT_ID_CONFIG, task.worker() + "-" + number);
      Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(config);
      List<TopicPartition> share = share(number, OrdersTopic.partitions(consumer, task.orders()));
      loops.add(stopping -> readAll(consumer, share, stretch, stopping));
    }
    return new Loops(loops, stretch::sayLimit);
  }

  private static List<TopicPartition> share(int number, List<TopicPartition> all) {
    return all.stream().filter(partition -> partition.partition() % CONSUMERS == number).toList();
  }

  private static void readAll(
      Consumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Stretch stretch,
      BooleanSupplier stopping) {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    long left = OrdersTopic.count(consumer, partitions);
    while (left > 0 && !stopping.getAsBoolean()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        stretch.begin();
        records.forEach(Cook::decode);
        stretch.add(records.count());
        left -= records.count();
      }
    }
    consumer.close();
  }
}
