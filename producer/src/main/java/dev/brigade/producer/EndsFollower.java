package dev.brigade.producer;

import dev.brigade.orders.Commands;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads meals and dead letters until every order of a run has ended. Made before the first order is
 * sent, it begins at the ends of both topics as of then, so it misses none. It belongs to no
 * consumer group. A partition whose next end is ahead of the acknowledgements is paused until they
 * catch up, so nothing piles up here.
 */
final class EndsFollower implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration POLL_WHILE_HELD = Duration.ofMillis(5);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final long MAX_COMPLETION_MICROS = Duration.ofDays(36_500).toMillis() * 1000;
  private static final int HISTOGRAM_DIGITS = 3;

  private final Consumer<byte[], byte[]> consumer;
  private final String mealsTopic;
  private final OpenOrders open;
  private final CompletableFuture<Void> followed = new CompletableFuture<>();
  private final Thread thread = new Thread(this::run, "follow-ends");
  private volatile boolean closing;

  // The follower's thread only, until it has ended.
  private final Map<TopicPartition, ArrayDeque<OrderEnd>> held = new HashMap<>();
  private final Histogram completionMicros = new Histogram(HISTOGRAM_DIGITS);
  private long unreadable;

  /** Takes the topics' ends; {@link #start()} begins to read from there. */
  EndsFollower(
      Consumer<byte[], byte[]> consumer,
      Collection<TopicPartition> partitions,
      String mealsTopic,
      OpenOrders open) {
    this.consumer = consumer;
    this.mealsTopic = mealsTopic;
    this.open = open;
    consumer.assign(partitions);
    consumer.endOffsets(partitions).forEach(consumer::seek);
  }

  /** Over both topics of a kitchen, with as many partitions as each has. */
  static EndsFollower over(
      Map<String, Object> clientConfig,
      Kitchen kitchen,
      int mealPartitions,
      int deadLetterPartitions,
      OpenOrders open) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < mealPartitions; i++) {
      partitions.add(new TopicPartition(kitchen.meals(), i));
    }
    for (int i = 0; i < deadLetterPartitions; i++) {
      partitions.add(new TopicPartition(kitchen.deadLetters(), i));
    }
    Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(config(clientConfig));
    try {
      return new EndsFollower(consumer, partitions, kitchen.meals(), open);
    } catch (RuntimeException e) {
      consumer.close();
      throw Commands.explain(e, "READ");
    }
  }

  /** Of a consumer without a group that reads what is committed, from where it is told to. */
  static Map<String, Object> config(Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    config.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    config.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "8000");
    return config;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Done once every order has ended and both topics were read to their ends as of then, so that
   * what was cooked twice by then is counted; fails if the topics cannot be read.
   */
  CompletableFuture<Void> followed() {
    return followed;
  }

  private void run() {
    try {
      while (!closing && !(open.allEnded().isDone() && held.isEmpty())) {
        pollOnce();
      }
      readToTheEnd();
      followed.complete(null);
    } catch (WakeupException e) {
      followed.cancel(false);
    } catch (RuntimeException e) {
      followed.completeExceptionally(Commands.explain(e, "READ"));
    } finally {
      consumer.close();
    }
  }

  private void pollOnce() {
    ConsumerRecords<byte[], byte[]> records =
        consumer.poll(held.isEmpty() ? POLL : POLL_WHILE_HELD);
    held.entrySet()
        .removeIf(
            entry -> {
              boolean decided = judge(entry.getValue());
              if (decided) {
                consumer.resume(List.of(entry.getKey()));
              }
              return decided;
            });
    for (TopicPartition partition : records.partitions()) {
      ArrayDeque<OrderEnd> ends = decode(records.records(partition));
      if (!judge(ends)) {
        held.put(partition, ends);
        consumer.pause(List.of(partition));
      }
    }
  }

  private void readToTheEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (!closing
        && ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      pollOnce();
    }
  }

  private ArrayDeque<OrderEnd> decode(List<ConsumerRecord<byte[], byte[]>> records) {
    ArrayDeque<OrderEnd> ends = new ArrayDeque<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        ends.add(
            record.topic().equals(mealsTopic)
                ? OrderEnd.ofMeal(record)
                : OrderEnd.ofDeadLetter(record));
      } catch (MalformedRecordException e) {
        unreadable++; // Nobody's end: what it should have ended stays open, which is the truth.
      }
    }
    return ends;
  }

  /** Takes ends off the queue; false if the first that is left cannot be judged yet. */
  private boolean judge(ArrayDeque<OrderEnd> ends) {
    OrderEnd end;
    while ((end = ends.peek()) != null) {
      OpenOrders.Verdict verdict = open.end(end);
      if (verdict == OpenOrders.Verdict.UNDECIDED) {
        return false;
      }
      if (verdict == OpenOrders.Verdict.FIRST && end.cooked()) {
        completionMicros.recordValue(Math.min(end.completionMicros(), MAX_COMPLETION_MICROS));
      }
      ends.remove();
    }
    return true;
  }

  /** Of orders of ours that were cooked; asked only after closing. */
  Histogram completionMicros() {
    return completionMicros;
  }

  /** Records that were neither meal nor dead letter; asked only after closing. */
  long unreadable() {
    return unreadable;
  }

  @Override
  public void close() {
    closing = true;
    if (thread.isAlive()) {
      consumer.wakeup();
      join();
    } else if (thread.getState() == Thread.State.NEW) {
      consumer.close();
    }
  }

  private void join() {
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
