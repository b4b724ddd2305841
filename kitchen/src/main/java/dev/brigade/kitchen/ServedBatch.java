package dev.brigade.kitchen;

import dev.brigade.audit.LogOffsets;
import dev.brigade.audit.LogReader;
import dev.brigade.orders.Batch;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.OrderCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One batch of orders as the log tells it. All times are the log's own, so that neither the start
 * of a producer nor the way of what is measured to who measures it is part of them. Confined to one
 * thread.
 */
final class ServedBatch {
  private final String id;
  private final Set<Object> completed = new HashSet<>();
  private final List<Meal> meals = new ArrayList<>();
  private long firstOrderMillis = Long.MAX_VALUE;
  private long lastMealMillis = Long.MIN_VALUE;

  private ServedBatch(String id) {
    this.id = id;
  }

  static ServedBatch read(Map<String, Object> clientConfig, Kitchen kitchen, String batch) {
    ServedBatch served = new ServedBatch(batch);
    try (LogReader reader = new LogReader(clientConfig);
        LogOffsets offsets = new LogOffsets(clientConfig)) {
      served.read(reader, offsets, kitchen.orders(), served::order);
      served.read(reader, offsets, kitchen.meals(), served::meal);
    }
    return served;
  }

  private interface Handler {
    void read(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException;
  }

  private void read(LogReader reader, LogOffsets offsets, String topic, Handler handler) {
    List<TopicPartition> partitions = offsets.partitions(topic);
    reader.read(
        offsets.beginnings(partitions),
        offsets.ends(partitions),
        record -> {
          try {
            handler.read(record);
          } catch (MalformedRecordException e) {
            // No order or meal, so none of this batch; the check of the whole log counts it.
          }
        });
  }

  private void order(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
    if (isOurs(OrderCodec.decode(record.value()).batch())) {
      firstOrderMillis = Math.min(firstOrderMillis, record.timestamp());
    }
  }

  private void meal(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
    Meal meal = MealCodec.decode(record.value());
    if (isOurs(meal.batch()) && completed.add(meal.completionId())) {
      meals.add(meal);
      lastMealMillis = Math.max(lastMealMillis, record.timestamp());
    }
  }

  private boolean isOurs(@Nullable Batch batch) {
    return batch != null && batch.id().equals(id);
  }

  /** The first meal of each order that has one. */
  List<Meal> meals() {
    return List.copyOf(meals);
  }

  /** From the first order's append to the last meal's. */
  Duration time() {
    return meals.isEmpty()
        ? Duration.ZERO
        : Duration.ofMillis(Math.max(1, lastMealMillis - firstOrderMillis));
  }

  SortedMap<String, Integer> mealsByWorker() {
    SortedMap<String, Integer> byWorker = new TreeMap<>();
    meals.forEach(meal -> byWorker.merge(meal.worker(), 1, Integer::sum));
    return byWorker;
  }
}
