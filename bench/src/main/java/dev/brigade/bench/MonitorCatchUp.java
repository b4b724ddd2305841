package dev.brigade.bench;

import dev.brigade.audit.LogOffsets;
import dev.brigade.audit.LogReader;
import dev.brigade.orders.Json;
import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.MalformedRecordException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Orders and as many meals lie in the log before the monitor starts: how many of both it has done
 * with per second, by its committed offsets, from the first to the last of them. It is right if its
 * windows count every meal once.
 */
final class MonitorCatchUp implements Procedure {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int WINDOW_SECONDS = 10;

  @Override
  public Outcome run(Run run) {
    OrderBook book = OrderBook.of(run.work());
    try (Stage stage = run.stage()) {
      stage.site().load(book);
      stage.site().loadMeals(book);
      ContenderProcess process = stage.start();
      Span done = follow(stage, 2L * book.size());
      awaitWindows(stage, book.size());
      stage.stopAll();
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      figures.put(Figure.STEADY_RATE, done.rate());
      stage.costs(done, process, figures);
      return new Outcome(figures, List.of());
    }
  }

  /** From the first commit that counts anything to the one that counts all. */
  private static Span follow(Stage stage, long records) {
    long first = 0;
    long atFirst = 0;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      long committed = stage.site().committed(Site.KITCHEN.monitorApplicationId());
      long now = System.currentTimeMillis();
      if (first == 0 && committed > 0) {
        first = now;
        atFirst = committed;
      }
      if (committed >= records) {
        return new Span((int) (committed - atFirst), first, now);
      }
      stage.pause(Duration.ofNanos(LOOK_NANOS));
    }
    throw new WorkFault("did not read everything within " + PATIENCE.toSeconds() + " s");
  }

  private static void awaitWindows(Stage stage, long meals) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long counted = counted(stage);
    while (counted != meals) {
      if (System.nanoTime() - deadline > 0) {
        throw new WorkFault("its windows count %,d of %,d meals".formatted(counted, meals));
      }
      LockSupport.parkNanos(LOOK_NANOS);
      counted = counted(stage);
    }
  }

  private static long counted(Stage stage) {
    Map<String, LatencyWindow> latest = new HashMap<>();
    try (LogOffsets offsets = new LogOffsets(stage.site().clientConfig());
        LogReader reader = new LogReader(stage.site().clientConfig())) {
      List<TopicPartition> windows = offsets.partitions(Site.KITCHEN.latency());
      reader.read(
          offsets.beginnings(windows),
          offsets.ends(windows),
          record -> {
            LatencyWindow window = read(record);
            if (window.windowSeconds() == WINDOW_SECONDS
                && window.dish().equals(LatencyWindow.ALL_DISHES)) {
              latest.put(window.key(), window);
            }
          });
    }
    return latest.values().stream().mapToLong(LatencyWindow::count).sum();
  }

  private static LatencyWindow read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Json.read(record.value(), LatencyWindow.class);
    } catch (MalformedRecordException e) {
      throw new WorkFault("wrote a window that cannot be read: " + e.getMessage());
    }
  }
}
