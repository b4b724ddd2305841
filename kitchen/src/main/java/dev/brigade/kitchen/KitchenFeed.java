package dev.brigade.kitchen;

import dev.brigade.audit.LogOffsets;
import dev.brigade.orders.Activity;
import dev.brigade.orders.Commands;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.Json;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a kitchen's topics tell, from now on, like any other consumer, and keeps a {@link
 * KitchenView} of it. Confined to one thread.
 */
final class KitchenFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KitchenFeed.class);
  private static final int WINDOW_SECONDS = 10;
  private static final long ASK_FOR_ORDERS_NANOS = Duration.ofMillis(400).toNanos();

  /** For those who want to know more than the view shows. Called by {@link #poll}. */
  interface Listener {
    void meal(Meal meal);

    void activity(Activity activity);
  }

  private final Kitchen kitchen;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final LogOffsets offsets;
  private final List<TopicPartition> orders;
  private final KitchenView view;
  private final List<Listener> listeners = new ArrayList<>();
  private long askedForOrders = System.nanoTime();

  private KitchenFeed(
      Kitchen kitchen,
      KafkaConsumer<byte[], byte[]> consumer,
      LogOffsets offsets,
      List<TopicPartition> orders,
      KitchenView view) {
    this.kitchen = kitchen;
    this.consumer = consumer;
    this.offsets = offsets;
    this.orders = orders;
    this.view = view;
  }

  /** What is appended once this has returned will be seen. */
  static KitchenFeed open(Map<String, Object> clientConfig, Kitchen kitchen) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
    LogOffsets offsets = new LogOffsets(clientConfig);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      List<TopicPartition> read = new ArrayList<>();
      for (String topic :
          List.of(kitchen.meals(), kitchen.deadLetters(), kitchen.activity(), kitchen.latency())) {
        read.addAll(offsets.partitions(topic));
      }
      consumer.assign(read);
      offsets.ends(read).forEach(consumer::seek);
      List<TopicPartition> orders = offsets.partitions(kitchen.orders());
      Map<TopicPartition, Long> begin = offsets.ends(orders);
      KitchenView view =
          new KitchenView(orders.stream().map(order -> begin.getOrDefault(order, 0L)).toList());
      return new KitchenFeed(kitchen, consumer, offsets, orders, view);
    } catch (RuntimeException e) {
      consumer.close();
      offsets.close();
      throw Commands.explain(e);
    }
  }

  KitchenView view() {
    return view;
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Brings the view up to date; waits that long for something new. */
  void poll(Duration timeout) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
      try {
        read(record);
      } catch (MalformedRecordException e) {
        // It shows in the check at the end; a viewer goes on.
        LOG.warn("{}/{}: {}", record.topic(), record.offset(), e.getMessage());
      }
    }
    if (System.nanoTime() - askedForOrders > ASK_FOR_ORDERS_NANOS) {
      askedForOrders = System.nanoTime();
      offsets.ends(orders).forEach((at, end) -> view.ordersUpTo(at.partition(), end));
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
    String topic = record.topic();
    if (topic.equals(kitchen.meals())) {
      Meal meal = MealCodec.decode(record.value());
      Instant at = Instant.ofEpochMilli(record.timestamp());
      view.meal(meal.worker(), record.partition(), meal.offset(), at);
      listeners.forEach(listener -> listener.meal(meal));
    } else if (topic.equals(kitchen.deadLetters())) {
      view.deadLetter(record.partition(), DeadLetter.read(record.headers()).origin().offset());
    } else if (topic.equals(kitchen.activity())) {
      Activity activity = Json.read(record.value(), Activity.class);
      view.activity(activity);
      listeners.forEach(listener -> listener.activity(activity));
    } else {
      latency(Json.read(record.value(), LatencyWindow.class));
    }
  }

  private void latency(LatencyWindow window) {
    LatencyWindow known = view.latency();
    if (window.dish().equals(LatencyWindow.ALL_DISHES)
        && window.windowSeconds() == WINDOW_SECONDS
        && window.count() > 0
        && (known == null || !window.windowStart().isBefore(known.windowStart()))) {
      view.latency(window);
    }
  }

  @Override
  public void close() {
    consumer.close();
    offsets.close();
  }
}
