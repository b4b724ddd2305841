package dev.brigade.audit;

import dev.brigade.orders.Activity;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.LatencyWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Makes a {@link Scan} of the records it is given. Not thread-safe. */
final class ScanCollector implements SeenRecords {
  private final RecordReading reading;
  private final Hashes hashes = new Hashes();
  private final Fingerprints fingerprints = new Fingerprints();
  private final Map<Integer, List<OrderSeen>> orders = new TreeMap<>();
  private final Map<Integer, List<EndSeen>> meals = new TreeMap<>();
  private final Map<Integer, List<EndSeen>> deadLetters = new TreeMap<>();
  private final List<Activity> activity = new ArrayList<>();
  private final Map<String, LatencyWindow> windows = new HashMap<>();
  private final List<String> unreadable = new ArrayList<>();

  ScanCollector(Kitchen kitchen) {
    this.reading = new RecordReading(kitchen, this);
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    fingerprints.add(
        new TopicPartition(record.topic(), record.partition()),
        record.offset(),
        hashes.ofRecord(record));
    reading.read(record);
  }

  Scan scan(Map<Integer, Long> ordersEnd) {
    return new Scan(
        fingerprints, orders, meals, deadLetters, activity, windows, unreadable, ordersEnd);
  }

  @Override
  public void order(int partition, OrderSeen order) {
    of(orders, partition).add(order);
  }

  @Override
  public void meal(int partition, EndSeen meal) {
    of(meals, partition).add(meal);
  }

  @Override
  public void deadLetter(int partition, EndSeen deadLetter) {
    of(deadLetters, partition).add(deadLetter);
  }

  @Override
  public void activity(Activity told) {
    activity.add(told);
  }

  @Override
  public void window(LatencyWindow window) {
    windows.merge(window.key(), window, (a, b) -> b.revision() >= a.revision() ? b : a);
  }

  @Override
  public void unreadable(String what) {
    unreadable.add(what);
  }

  private static <T> List<T> of(Map<Integer, List<T>> partitions, int partition) {
    return partitions.computeIfAbsent(partition, none -> new ArrayList<>());
  }
}
