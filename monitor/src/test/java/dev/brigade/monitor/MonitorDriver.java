package dev.brigade.monitor;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Json;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The topology over one partition, with time in the test's hands. All times are milliseconds after
 * {@link #START}, which begins a minute.
 */
final class MonitorDriver implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-20T16:35:00Z");
  static final Kitchen KITCHEN = new Kitchen("test");

  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> orders;
  private final TestInputTopic<byte[], byte[]> meals;
  private final TestInputTopic<byte[], byte[]> deadLetters;
  private final TestOutputTopic<String, byte[]> latency;
  private final Progress progress = new Progress();
  private final List<LatencyWindow> published = new ArrayList<>();
  private long now;
  private long nextOffset;

  /** As if all topics were read to their ends whenever they are asked for, unless held up. */
  private final class Progress implements ReadProgress {
    boolean heldUp;

    @Override
    public void started(TopicPartition partition) {}

    @Override
    public long processedUntil(TopicPartition partition, long lastProcessed) {
      return heldUp ? UNKNOWN : START.toEpochMilli() + now;
    }
  }

  MonitorDriver() {
    Properties config = new Properties();
    config.put("application.id", KITCHEN.monitorApplicationId());
    config.put("bootstrap.servers", "none:1");
    driver =
        new TopologyTestDriver(
            MonitorTopology.build(KITCHEN, 1, WindowTimes.STANDARD, progress), config, START);
    ByteArraySerializer bytes = new ByteArraySerializer();
    orders = driver.createInputTopic(KITCHEN.orders(), bytes, bytes);
    meals = driver.createInputTopic(KITCHEN.meals(), bytes, bytes);
    deadLetters = driver.createInputTopic(KITCHEN.deadLetters(), bytes, bytes);
    latency =
        driver.createOutputTopic(
            KITCHEN.latency(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** As if nothing were known of how far the topics were read, but for the records themselves. */
  void holdUpProgress(boolean heldUp) {
    progress.heldUp = heldUp;
  }

  /** Lets time go by in steps short enough for every timer. */
  void advanceTo(long at) {
    while (now < at) {
      long step = Math.min(250, at - now);
      now += step;
      driver.advanceWallClockTime(Duration.ofMillis(step));
    }
  }

  long order(String dish, long at) {
    return order(new Order("order-" + nextOffset, dish, time(at)), at);
  }

  long order(Order order, long at) {
    return rawOrder(OrderCodec.encode(order), at);
  }

  long rawOrder(byte @Nullable [] value, long at) {
    orders.pipeInput(new TestRecord<>(null, value, null, time(at)));
    return nextOffset++;
  }

  /** A meal that was placed, started and finished at these times and appended when finished. */
  void meal(long offset, String dish, long placed, long started, long finished) {
    rawMeal(encode(meal(offset, dish, placed, started, finished, 1000)), finished);
  }

  static Meal meal(
      long offset, String dish, long placed, long started, long finished, long cookMicros) {
    return new Meal(
        "order-" + offset,
        dish,
        null,
        "w-1",
        0,
        0,
        offset,
        1,
        time(placed),
        time(started),
        time(finished),
        cookMicros,
        null,
        NullNode.getInstance());
  }

  static byte[] encode(Meal meal) {
    return MealCodec.encode(meal);
  }

  void rawMeal(byte @Nullable [] value, long at) {
    meals.pipeInput(new TestRecord<>(null, value, null, time(at)));
  }

  void deadLetter(long offset, long at) {
    Headers headers = new RecordHeaders();
    new DeadLetter(
            DeadLetterReason.EXHAUSTED,
            "no luck",
            5,
            "w-1",
            time(at),
            KITCHEN.orders(),
            new CompletionId(0, offset))
        .writeTo(headers);
    rawDeadLetter(headers, at);
  }

  void rawDeadLetter(Headers headers, long at) {
    deadLetters.pipeInput(new TestRecord<>(null, new byte[0], headers, time(at)));
  }

  static Instant time(long at) {
    return START.plusMillis(at);
  }

  /** Everything published so far, in order. */
  List<LatencyWindow> published() {
    latency.readRecordsToList().forEach(record -> published.add(decoded(record)));
    return published;
  }

  private static LatencyWindow decoded(TestRecord<String, byte[]> record) {
    try {
      LatencyWindow window = Json.read(record.value(), LatencyWindow.class);
      if (!window.key().equals(record.key())) {
        throw new AssertionError(record.key() + " is the key of window " + window.key());
      }
      return window;
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
  }

  /** The final windows by {@code dish|seconds|start after START}. */
  Map<String, LatencyWindow> finals() {
    Map<String, LatencyWindow> finals = new LinkedHashMap<>();
    for (LatencyWindow window : published()) {
      if (window.isFinal() && finals.put(name(window), window) != null) {
        throw new AssertionError(name(window) + " became final twice");
      }
    }
    return finals;
  }

  LatencyWindow finalWindow(String name) {
    return present(finals(), name);
  }

  /** The last revision of a window, final or not. */
  LatencyWindow lastWindow(String name) {
    Map<String, LatencyWindow> last = new LinkedHashMap<>();
    published().forEach(window -> last.put(name(window), window));
    return present(last, name);
  }

  private static LatencyWindow present(Map<String, LatencyWindow> windows, String name) {
    LatencyWindow window = windows.get(name);
    if (window == null) {
      throw new AssertionError("no window " + name + " among " + windows.keySet());
    }
    return window;
  }

  private static String name(LatencyWindow window) {
    long start = Duration.between(START, window.windowStart()).toMillis();
    return window.dish() + "|" + window.windowSeconds() + "|" + start;
  }

  long oddities(OddityKind kind) {
    return MonitorTotals.of(driver.getKeyValueStore(WindowProcessor.TOTALS), kind);
  }

  @Override
  public void close() {
    driver.close();
  }
}
