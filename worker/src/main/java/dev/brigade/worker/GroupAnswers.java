package dev.brigade.worker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * How often a consumer's group coordinator has answered, by what the consumer counts: it tells
 * nobody else. An answer that puts it out of the group counts, too. While a request to join waits
 * for other members there are no heartbeats, but commits. Confined to one thread at a time.
 */
final class GroupAnswers implements LongSupplier {
  private static final String GROUP = "consumer-coordinator-metrics";
  private static final String HEARTBEATS = "heartbeat-total";
  private static final Set<String> ANSWERS =
      Set.of(HEARTBEATS, "join-total", "sync-total", "commit-total");

  private final Supplier<Map<MetricName, ? extends Metric>> metrics;
  private List<? extends Metric> counts = List.of();

  /**
   * @param metrics of the consumer, which lets any thread ask for them
   */
  GroupAnswers(Supplier<Map<MetricName, ? extends Metric>> metrics) {
    this.metrics = metrics;
  }

  @Override
  public long getAsLong() {
    if (counts.isEmpty()) {
      counts = find();
    }
    long answers = 0;
    for (Metric count : counts) {
      answers += ((Number) count.metricValue()).longValue();
    }
    return answers;
  }

  /** Nothing until there are heartbeats: the consumer sets up its counters one after the other. */
  private List<? extends Metric> find() {
    List<? extends Metric> found =
        metrics.get().values().stream()
            .filter(metric -> metric.metricName().group().equals(GROUP))
            .filter(metric -> ANSWERS.contains(metric.metricName().name()))
            .toList();
    boolean complete =
        found.stream().anyMatch(metric -> metric.metricName().name().equals(HEARTBEATS));
    return complete ? found : List.of();
  }
}
