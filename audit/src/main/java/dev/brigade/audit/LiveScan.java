package dev.brigade.audit;

import dev.brigade.orders.Activity;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.LatencyWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a kitchen's topics from their beginnings while work goes on, as any consumer of committed
 * records would, on a thread of its own. Goes on through whatever happens to the brokers; keeps
 * what went wrong in words. Partitions that are added are found within seconds.
 */
public final class LiveScan implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(5);
  private static final Duration ASK_LIMIT = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(200);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
  private static final int MOST_ERRORS = 100;

  /** Is told what appears in the log, on the scan's thread; must return soon. */
  public interface Listener {
    /**
     * @param appendedAtMillis epoch milliseconds, by the broker's clock
     */
    default void ordered(int partition, long offset, long appendedAtMillis) {}

    /**
     * @param worker which cooked the order or gave it up
     * @param first whether no end of this order was seen before
     */
    default void ended(
        int partition, long orderOffset, String worker, long appendedAtMillis, boolean first) {}

    default void activity(Activity activity) {}

    /** A revision of a window; a later one of the same key replaces it. */
    default void window(LatencyWindow window) {}
  }

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<String> topics;
  private final RecordReading reading;
  private final Hashes hashes = new Hashes();
  private final Fingerprints fingerprints = new Fingerprints();
  private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "live-scan");
  private long lookedAt = System.nanoTime() - LOOK_FOR_PARTITIONS.toNanos();
  private volatile @Nullable RuntimeException failure;

  private LiveScan(Map<String, Object> clientConfig, Kitchen kitchen, Listener listener) {
    this.consumer =
        new KafkaConsumer<>(
            config(clientConfig), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.topics =
        List.of(
            kitchen.orders(),
            kitchen.meals(),
            kitchen.deadLetters(),
            kitchen.latency(),
            kitchen.activity());
    this.reading = new RecordReading(kitchen, new Telling(listener));
  }

  private static Map<String, Object> config(Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    // A log that was cut must be noticed, not read from somewhere else.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    config.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "5000");
    return config;
  }

  public static LiveScan start(
      Map<String, Object> clientConfig, Kitchen kitchen, Listener listener) {
    LiveScan scan = new LiveScan(clientConfig, kitchen, listener);
    scan.thread.start();
    return scan;
  }

  private void run() {
    try {
      while (stop.getCount() > 0) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    }
  }

  private void turn() throws InterruptedException {
    try {
      assignAll();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        fingerprints.add(
            new TopicPartition(record.topic(), record.partition()),
            record.offset(),
            hashes.ofRecord(record));
        reading.read(record);
      }
    } catch (LogTruncationException e) {
      error("a log was cut: " + e.getMessage());
      e.divergentOffsets().forEach(consumer::seek);
    } catch (OffsetOutOfRangeException e) {
      error("a log was cut: " + e.getMessage());
      consumer.seekToBeginning(e.partitions());
    } catch (RetriableException e) {
      stop.await(PAUSE_AFTER_ERROR.toMillis(), TimeUnit.MILLISECONDS);
    } catch (KafkaException e) {
      error(e.toString());
      stop.await(PAUSE_AFTER_ERROR.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Partitions that are read already keep their place. */
  private void assignAll() {
    long now = System.nanoTime();
    if (now - lookedAt < LOOK_FOR_PARTITIONS.toNanos()) {
      return;
    }
    Set<TopicPartition> all = new HashSet<>(consumer.assignment());
    Set<TopicPartition> added = new HashSet<>();
    for (String topic : topics) {
      for (PartitionInfo info : consumer.partitionsFor(topic, ASK_LIMIT)) {
        TopicPartition partition = new TopicPartition(topic, info.partition());
        if (all.add(partition)) {
          added.add(partition);
        }
      }
    }
    if (!added.isEmpty()) {
      consumer.assign(all);
      consumer.seekToBeginning(added);
    }
    lookedAt = now;
  }

  private void error(String what) {
    if (errors.size() < MOST_ERRORS) {
      errors.add(what);
    }
  }

  /**
   * Ends the reading where it is; the listener is told nothing more.
   *
   * @throws IllegalStateException if the listener had thrown an exception, which ended the reading
   */
  public Fingerprints stop() {
    close();
    if (failure != null) {
      throw new IllegalStateException("the live scan had ended early", failure);
    }
    return fingerprints;
  }

  /** What went wrong so far, at most 100; brokers that were away leave no trace here. */
  public List<String> errors() {
    synchronized (errors) {
      return List.copyOf(errors);
    }
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes what was read on to the listener. */
  private static final class Telling implements SeenRecords {
    private final Listener listener;
    private final FirstEnds firstEnds = new FirstEnds();

    Telling(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void order(int partition, OrderSeen order) {
      listener.ordered(partition, order.offset(), order.appendedAt());
    }

    @Override
    public void meal(int partition, EndSeen meal) {
      ended(partition, meal);
    }

    @Override
    public void deadLetter(int partition, EndSeen deadLetter) {
      ended(partition, deadLetter);
    }

    private void ended(int partition, EndSeen end) {
      listener.ended(
          partition,
          end.orderOffset(),
          end.worker(),
          end.appendedAt(),
          firstEnds.note(partition, end.orderOffset()));
    }

    @Override
    public void activity(Activity activity) {
      listener.activity(activity);
    }

    @Override
    public void window(LatencyWindow window) {
      listener.window(window);
    }

    @Override
    public void unreadable(String what) {}
  }
}
