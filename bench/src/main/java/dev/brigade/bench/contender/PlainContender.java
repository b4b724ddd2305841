package dev.brigade.bench.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The loop that users of {@link KafkaConsumer} write, N times in one process. */
final class PlainContender {
  private PlainContender() {}

  /**
   * @param arguments how many consumers
   */
  public static void main(String[] arguments) {
    int consumers = Integer.parseInt(arguments[0]);
    ContenderProcess.run(task -> wire(task, consumers));
  }

  private static Work wire(Task task, int consumers) {
    Map<String, Object> consumerConfig = Clients.consumer(task);
    Map<String, Object> producerConfig = Clients.producer(task);
    Settings.say(
        "%d consumers, each polling, cooking and sending on a thread of its own"
            .formatted(consumers));
    Settings.say(
        "commitAsync of a polled batch once its meals are acknowledged, while the next one cooks;"
            + " commitSync before a revocation and at the end");
    Settings.say("one producer for all, which Kafka's documentation says is generally faster");
    Settings.sayOf("consumer", consumerConfig, ConsumerConfig.configDef());
    Settings.sayOf("producer", producerConfig, ProducerConfig.configDef());
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerConfig);
    Cook cook = new Cook(task);
    List<PlainLoop> loops = new ArrayList<>();
    for (int number = 0; number < consumers; number++) {
      consumerConfig.put(ConsumerConfig.CLIENT_ID_CONFIG, task.worker() + "-" + number);
      loops.add(new PlainLoop(new KafkaConsumer<>(consumerConfig), producer, cook, task.orders()));
    }
    return new Loops(loops, producer::close);
  }
}
