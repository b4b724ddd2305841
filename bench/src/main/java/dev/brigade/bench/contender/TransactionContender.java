package dev.brigade.bench.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The plain loop with exactly-once delivery, N times in one process. */
final class TransactionContender {
  private TransactionContender() {}

  /**
   * @param arguments how many consumers
   */
  public static void main(String[] arguments) {
    int consumers = Integer.parseInt(arguments[0]);
    ContenderProcess.run(task -> wire(task, consumers));
  }

  private static Work wire(Task task, int consumers) {
    Map<String, Object> consumerConfig = Clients.consumer(task);
    consumerConfig.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    Map<String, Object> producerConfig = Clients.producer(task);
    Cook cook = new Cook(task);
    List<TransactionLoop> loops = new ArrayList<>();
    for (int number = 0; number < consumers; number++) {
      String name = task.worker() + "-" + number;
      consumerConfig.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
      producerConfig.put(ProducerConfig.CLIENT_ID_CONFIG, name);
      producerConfig.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, task.group() + "-" + name);
      loops.add(
          new TransactionLoop(
              new KafkaConsumer<>(consumerConfig),
              new KafkaProducer<>(producerConfig),
              cook,
              task.orders()));
    }
    Settings.say(
        "%d consumers, each polling, cooking and sending on a thread of its own"
            .formatted(consumers));
    Settings.say("a transactional producer for each consumer");
    Settings.say(
        "a transaction of meals and offsets every %d ms, also within a polled batch"
            .formatted(TransactionLoop.INTERVAL.toMillis()));
    Settings.sayOf("consumer", consumerConfig, ConsumerConfig.configDef());
    Settings.sayOf("producer", producerConfig, ProducerConfig.configDef());
    return new Loops(loops, () -> {});
  }
}
