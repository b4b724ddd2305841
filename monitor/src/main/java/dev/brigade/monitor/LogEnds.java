package dev.brigade.monitor;

import dev.brigade.orders.Kitchen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks twice a second where the kitchen's topics end. While a broker does not answer nothing is
 * learnt of its partitions, so no window becomes final that may lack their orders.
 */
final class LogEnds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogEnds.class);
  private static final Duration ASK_EVERY = Duration.ofMillis(500);

  private final Admin admin;
  private final LogProgress progress;
  private final List<TopicPartition> all = new ArrayList<>();
  private final ScheduledExecutorService asking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "log-ends");
            thread.setDaemon(true);
            return thread;
          });

  LogEnds(Admin admin, Kitchen kitchen, int partitions, LogProgress progress) {
    this.admin = admin;
    this.progress = progress;
    for (String topic : List.of(kitchen.orders(), kitchen.meals(), kitchen.deadLetters())) {
      for (int partition = 0; partition < partitions; partition++) {
        all.add(new TopicPartition(topic, partition));
      }
    }
  }

  void start() {
    asking.scheduleWithFixedDelay(this::ask, 0, ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ask() {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    all.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    try {
      long at = System.currentTimeMillis();
      ListOffsetsResult ends = admin.listOffsets(latest);
      for (TopicPartition partition : all) {
        learn(ends, partition, at);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.debug("where the topics end is not known: {}", e.toString());
    }
  }

  private void learn(ListOffsetsResult ends, TopicPartition partition, long at)
      throws InterruptedException {
    try {
      progress.ended(partition, ends.partitionResult(partition).get().offset(), at);
    } catch (ExecutionException e) {
      LOG.debug("where {} ends is not known: {}", partition, String.valueOf(e.getCause()));
    }
  }

  @Override
  public void close() {
    asking.shutdownNow();
  }
}
