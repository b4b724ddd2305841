package dev.brigade.bench.contender;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/** Spring Kafka's listener container, with a listener for records or one for batches. */
final class SpringContender {
  /** Argument: which listener. */
  static final String RECORD = "record";

  static final String BATCH = "batch";

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(60);

  private SpringContender() {}

  /**
   * @param arguments {@link #RECORD} or {@link #BATCH}, and how many consumers
   */
  public static void main(String[] arguments) {
    String listener = arguments[0];
    int consumers = Integer.parseInt(arguments[1]);
    ContenderProcess.run(task -> wire(task, listener, consumers));
  }

  private static Work wire(Task task, String listener, int consumers) {
    Map<String, Object> consumerConfig = Clients.consumer(task);
    Map<String, Object> producerConfig = Clients.producer(task);
    DefaultKafkaProducerFactory<byte[], byte[]> producers =
        new DefaultKafkaProducerFactory<>(producerConfig);
    KafkaTemplate<byte[], byte[]> template = new KafkaTemplate<>(producers);
    ContainerProperties properties = new ContainerProperties(task.orders());
    properties.setShutdownTimeout(SHUTDOWN_TIMEOUT.toMillis());
    Cook cook = new Cook(task);
    if (listener.equals(RECORD)) {
      SpringRecordListener.listen(properties, template, cook);
    } else if (listener.equals(BATCH)) {
      SpringBatchListener.listen(properties, template, cook);
    } else {
      throw new IllegalArgumentException("no such listener: " + listener);
    }
    ConcurrentMessageListenerContainer<byte[], byte[]> container =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(consumerConfig), properties);
    container.setBeanName("orders");
    container.setConcurrency(consumers);
    container.setCommonErrorHandler(new CommonContainerStoppingErrorHandler());
    say(container);
    Settings.say("one producer for all, as its producer factory does by default");
    Settings.sayOf("consumer", consumerConfig, ConsumerConfig.configDef());
    Settings.sayOf("producer", producerConfig, ProducerConfig.configDef());
    return new SpringWork(container, producers);
  }

  private static void say(ConcurrentMessageListenerContainer<byte[], byte[]> container) {
    ContainerProperties properties = container.getContainerProperties();
    Settings.say("concurrency=" + container.getConcurrency());
    Settings.say("ackMode=" + properties.getAckMode());
    Settings.say("asyncAcks=" + properties.isAsyncAcks());
    Settings.say("syncCommits=" + properties.isSyncCommits());
    Settings.say("an error stops the container; by default it would skip the order in the end");
  }
}
