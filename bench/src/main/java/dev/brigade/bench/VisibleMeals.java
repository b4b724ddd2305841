package dev.brigade.bench;

import dev.brigade.audit.LogOffsets;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * When each meal became visible to a reader with read_committed that waits for it: in microseconds
 * of this process's clock, the way from the brokers included. Reads on a thread of its own.
 */
final class VisibleMeals implements AutoCloseable {
  private static final long UNSEEN = 0;

  private final OrderBook book;
  private final long[] seenAt;
  private final KafkaConsumer<byte[], byte[]> reader;
  private final Thread thread = new Thread(this::run, "visible-meals");
  private volatile boolean closed;

  static VisibleMeals of(Site site, OrderBook book) {
    try (LogOffsets offsets = new LogOffsets(site.clientConfig())) {
      return new VisibleMeals(site, book, offsets.partitions(Site.KITCHEN.meals()));
    }
  }

  private VisibleMeals(Site site, OrderBook book, List<TopicPartition> meals) {
    this.book = book;
    this.seenAt = new long[book.size()];
    Map<String, Object> config = new HashMap<>(site.clientConfig());
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    reader = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    reader.assign(meals);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    boolean last;
    do {
      last = closed;
      var records = reader.poll(Duration.ofMillis(100));
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      for (ConsumerRecord<byte[], byte[]> record : records) {
        see(record, now);
      }
    } while (!last);
  }

  private void see(ConsumerRecord<byte[], byte[]> record, long now) {
    try {
      Meal meal = MealCodec.decode(record.value());
      int order = book.seq(meal.orderId());
      if (order >= 0 && seenAt[order] == UNSEEN) {
        seenAt[order] = now;
      }
    } catch (MalformedRecordException e) {
      // The log is checked after the run, and says so then.
    }
  }

  /**
   * After {@link #close}: when that order's meal was first seen.
   *
   * @throws IllegalStateException if it was not
   */
  Instant seenAt(int order) {
    if (seenAt[order] == UNSEEN) {
      throw new IllegalStateException("the meal of order " + order + " was never visible");
    }
    return Instant.EPOCH.plus(seenAt[order], ChronoUnit.MICROS);
  }

  /** Reads to the end of what is visible now, and no further. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reader.close();
  }
}
