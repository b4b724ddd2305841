package dev.brigade.monitor;

import static java.util.Objects.requireNonNull;

import dev.brigade.orders.Json;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Feeds all partitions' reports into the one merge of the kitchen and publishes what it has to say.
 * While no partition is behind it has that committed at once, so that it is seen. Confined to its
 * task's thread.
 */
final class WindowProcessor implements Processor<Integer, PartitionReport, String, byte[]> {
  static final String WINDOWS = "windows";
  static final String TOTALS = "totals";

  private static final Duration PUBLISH_EVERY = Duration.ofMillis(250);
  private static final int MOST_WINDOWS = 100_000;

  private final int partitions;
  private @Nullable WindowMerge merge;

  WindowProcessor(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    LiveWindows windows = new LiveWindows(context.getStateStore(WINDOWS), MOST_WINDOWS);
    WindowMerge merging =
        new WindowMerge(partitions, windows, new MonitorTotals(context.getStateStore(TOTALS)));
    merge = merging;
    context.schedule(
        PUBLISH_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          merging.publish(
              now, window -> context.forward(new Record<>(window.key(), Json.write(window), now)));
          if (merging.isCurrent(now)) {
            context.commit();
          }
        });
  }

  @Override
  public void process(Record<Integer, PartitionReport> record) {
    requireNonNull(merge).merge(record.key(), record.value());
  }
}
