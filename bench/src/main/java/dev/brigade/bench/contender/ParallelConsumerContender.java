package dev.brigade.bench.contender;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ParallelConsumerOptionsBuilder;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Confluent's Parallel Consumer. */
final class ParallelConsumerContender {
  /** Argument: meals and offsets in one transaction. */
  static final String TRANSACTIONAL = "transactional";

  private static final Duration TRANSACTION_INTERVAL = Duration.ofMillis(50);
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(60);

  private ParallelConsumerContender() {}

  /**
   * @param arguments the processing order, how many orders a thread takes at once, and {@link
   *     #TRANSACTIONAL} if so
   */
  public static void main(String[] arguments) {
    ProcessingOrder order = ProcessingOrder.valueOf(arguments[0]);
    int batchSize = Integer.parseInt(arguments[1]);
    boolean transactional = arguments.length > 2 && arguments[2].equals(TRANSACTIONAL);
    ContenderProcess.run(task -> wire(task, order, batchSize, transactional));
  }

  private static Work wire(Task task, ProcessingOrder order, int batchSize, boolean transactional) {
    Map<String, Object> consumerConfig = Clients.consumer(task);
    Map<String, Object> producerConfig = Clients.producer(task);
    if (transactional) {
      consumerConfig.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
      producerConfig.put(
          ProducerConfig.TRANSACTIONAL_ID_CONFIG, task.group() + "-" + task.worker());
    }
    ParallelConsumerOptionsBuilder<byte[], byte[]> options =
        ParallelConsumerOptions.<byte[], byte[]>builder()
            .consumer(new KafkaConsumer<>(consumerConfig))
            .producer(new KafkaProducer<>(producerConfig))
            .ordering(order)
            .maxConcurrency(task.concurrency())
            .batchSize(batchSize)
            .sendTimeout(Duration.ofMillis(Integer.MAX_VALUE))
            .shutdownTimeout(SHUTDOWN_TIMEOUT);
    if (transactional) {
      options
          .commitMode(CommitMode.PERIODIC_TRANSACTIONAL_PRODUCER)
          .commitInterval(TRANSACTION_INTERVAL);
    }
    ParallelConsumerOptions<byte[], byte[]> built = options.build();
    say(built);
    Settings.sayOf("consumer", consumerConfig, ConsumerConfig.configDef());
    Settings.sayOf("producer", producerConfig, ProducerConfig.configDef());
    return new ParallelConsumerWork(built, new Cook(task), task.orders());
  }

  private static void say(ParallelConsumerOptions<byte[], byte[]> options) {
    Settings.say("ordering=" + options.getOrdering());
    Settings.say("maxConcurrency=" + options.getMaxConcurrency());
    Settings.say("batchSize=" + options.getBatchSize());
    Settings.say("commitMode=" + options.getCommitMode());
    Settings.say("commitInterval=%d ms".formatted(options.getCommitInterval().toMillis()));
    Settings.say("sendTimeout=%d ms".formatted(options.getSendTimeout().toMillis()));
    Settings.say(
        "pollAndProduceMany, its own way to produce: a thread waits for its meals' acknowledgement");
  }
}
