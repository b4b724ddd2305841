package dev.brigade.monitor;

import dev.brigade.orders.Kitchen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks twice a second where the kitchen's topics end, and who leads their partitions. While a
 * broker does not answer nothing is learnt, so no window becomes final that may lack orders.
 *
 * <p>Through a consumer, which forgets no newer leader for an older one: an admin client keeps a
 * leader for as long as it answers.
 */
final class LogEnds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogEnds.class);
  private static final Duration ASK_EVERY = Duration.ofMillis(500);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  /** So that each answer comes with a view of its own of who leads. */
  private static final int VIEW_AGE_MS = 400;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ConfirmedEnds ends;
  private final List<String> topics;
  private final List<TopicPartition> all = new ArrayList<>();
  private final ScheduledExecutorService asking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "log-ends");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param clientConfig what every client of the command starts from
   */
  LogEnds(Map<String, Object> clientConfig, Kitchen kitchen, int partitions, LogProgress progress) {
    this.ends = new ConfirmedEnds(progress);
    this.topics = List.of(kitchen.orders(), kitchen.meals(), kitchen.deadLetters());
    for (String topic : topics) {
      for (int partition = 0; partition < partitions; partition++) {
        all.add(new TopicPartition(topic, partition));
      }
    }
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, VIEW_AGE_MS);
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  void start() {
    // What is assigned is remembered together with the age of its leader
    consumer.assign(all);
    asking.scheduleWithFixedDelay(this::ask, 0, ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ask() {
    try {
      long at = System.currentTimeMillis();
      Map<TopicPartition, Long> told = consumer.endOffsets(all, ANSWER_WITHIN);
      for (String topic : topics) {
        for (PartitionInfo info : consumer.partitionsFor(topic, ANSWER_WITHIN)) {
          TopicPartition partition = new TopicPartition(topic, info.partition());
          Node leader = info.leader();
          Long end = told.get(partition);
          if (leader != null && end != null) {
            ends.told(partition, leader.id(), end, at);
          }
        }
      }
    } catch (KafkaException e) {
      LOG.debug("where the topics end is not known: {}", e.toString());
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    asking.execute(() -> consumer.close(CloseOptions.timeout(Duration.ofSeconds(1))));
    asking.shutdown();
  }
}
