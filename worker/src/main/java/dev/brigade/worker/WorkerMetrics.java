package dev.brigade.worker;

import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Kitchen;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;

/**
 * A worker's meters, listed in docs/operations.md, and its health. Loaded only where metrics were
 * asked for. Thread-safe. Costs one timer per try and one per end; everything else is read from
 * what the worker counts anyway, when somebody asks.
 */
final class WorkerMetrics implements Watch, AutoCloseable {
  /** Between two looks at the Kafka clients for metrics that came or went. */
  static final Duration REFRESH = Duration.ofSeconds(5);

  /** Between two looks at the partitions; between a look and being read it may be that old. */
  private static final long PARTITIONS_NANOS = Duration.ofMillis(250).toNanos();

  private static final Duration[] COOK_BUCKETS =
      millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);
  private static final Duration[] COMPLETION_BUCKETS =
      millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000, 600_000);
  private static final Duration[] COMMIT_BUCKETS = millis(5, 10, 25, 50, 100, 250, 1_000, 5_000);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Health health = new Health(System::nanoTime);
  private final JvmMeters jvm;
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(WorkerMetrics::daemon);
  private final List<KafkaClientMetrics> clients = new ArrayList<>();

  /** A registry lets go of what it only reads from; this keeps it. */
  private final List<DoubleSupplier> kept = new CopyOnWriteArrayList<>();

  private final DishTimers cookTimes;
  private final Timer completion;
  private final Timer commits;
  private final Timer failedCommits;
  private final Counter failedTries;
  private final Counter timedOutTries;
  private final Counter rejectedTries;
  private final Map<DeadLetterReason, Counter> dead = new EnumMap<>(DeadLetterReason.class);

  // Confined to the poll thread.
  private long lastPartitionsNanos = System.nanoTime() - PARTITIONS_NANOS;
  private final Counter polls;

  private volatile PartitionTotals partitions = PartitionTotals.NONE;

  WorkerMetrics(Kitchen kitchen, String workerId) {
    registry
        .config()
        .commonTags("kitchen", kitchen.name())
        .meterFilter(MeterFilter.deny(WorkerMetrics::isRepeated));
    jvm = new JvmMeters(registry);
    cookTimes =
        new DishTimers(
            dish ->
                timer(
                    "brigade.cook", "How long successful tries took", COOK_BUCKETS, "dish", dish));
    completion =
        timer(
            "brigade.completion",
            "From an order's append to its meal's acknowledgement",
            COMPLETION_BUCKETS);
    commits = commitTimer("ok");
    failedCommits = commitTimer("failed");
    failedTries = failedTry("failed");
    timedOutTries = failedTry("timed-out");
    rejectedTries = failedTry("rejected");
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      dead.put(reason, deadLetters(reason));
    }
    polls =
        Counter.builder("brigade.polls").description("Turns of the poll loop").register(registry);
    registerPartitions();
    gauge("brigade.build", "Always 1", () -> 1, "worker", workerId, "version", Version.OWN);
  }

  /**
   * A consumer tells what it counts for a topic twice, the second time with an underscore for each
   * dot in the topic's name: sums would be doubled. A kitchen's topics have a dot.
   */
  private static boolean isRepeated(Meter.Id id) {
    String topic = id.getTag("topic");
    return topic != null && !topic.contains(".");
  }

  private void registerPartitions() {
    partitions("brigade.partitions.assigned", "Partitions held", PartitionTotals::assigned);
    partitions("brigade.partitions.paused", "Partitions not read from", PartitionTotals::paused);
    partitions("brigade.orders.in.flight", "Orders read, not ended", PartitionTotals::inFlight);
    partitions(
        "brigade.orders.in.flight.bytes",
        "Keys and values of the orders in flight",
        PartitionTotals::inFlightBytes);
    partitions(
        "brigade.window.offsets",
        "From the oldest open order to the last one read, of the widest partition",
        PartitionTotals::maxWindow);
    partitions(
        "brigade.commit.metadata.characters",
        "Longest commit metadata of a partition",
        PartitionTotals::maxMetadataChars);
  }

  private void partitions(String name, String description, Function<PartitionTotals, Number> part) {
    gauge(name, description, () -> part.apply(partitions).doubleValue());
  }

  private Timer timer(String name, String description, Duration[] buckets, String... tags) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(buckets)
        .tags(tags)
        .register(registry);
  }

  private Timer commitTimer(String result) {
    return timer(
        "brigade.commits", "Commits, and how long they took", COMMIT_BUCKETS, "result", result);
  }

  private Counter failedTry(String cause) {
    return Counter.builder("brigade.tries.failed")
        .description("Tries that failed")
        .tag("cause", cause)
        .register(registry);
  }

  private Counter deadLetters(DeadLetterReason reason) {
    return Counter.builder("brigade.orders.dead")
        .description("Dead letters acknowledged by the brokers")
        .tag("reason", reason.wireName())
        .register(registry);
  }

  Health health() {
    return health;
  }

  MeterRegistry registry() {
    return registry;
  }

  /**
   * All meters as text.
   *
   * @param contentType one that Prometheus knows
   */
  String scrape(String contentType) {
    return registry.scrape(contentType);
  }

  /** Where Kafka clients are looked at for new metrics, such as those of a new partition. */
  ScheduledExecutorService refresher() {
    return refresher;
  }

  /** Shows what a Kafka client counts, until this is closed. */
  void show(KafkaClientMetrics client) {
    clients.add(client);
    client.bindTo(registry);
  }

  @Override
  public void gauge(String name, String description, DoubleSupplier value, String... tags) {
    Gauge.builder(name, value::getAsDouble).description(description).tags(tags).register(registry);
  }

  @Override
  public void counter(String name, String description, DoubleSupplier value, String... tags) {
    kept.add(value);
    FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  @Override
  public void cooked(OpenOrder order, long cookNanos) {
    cookTimes
        .of(Objects.requireNonNull(order.decoded).dish())
        .record(cookNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void failed(DeadLetterReason reason) {
    Counter tries =
        switch (reason) {
          case TIMED_OUT -> timedOutTries;
          case REJECTED -> rejectedTries;
          default -> failedTries;
        };
    tries.increment();
  }

  @Override
  public void turned(Collection<Assignment> held) {
    health.turned();
    polls.increment();
    long now = System.nanoTime();
    if (now - lastPartitionsNanos >= PARTITIONS_NANOS) {
      lastPartitionsNanos = now;
      partitions = PartitionTotals.of(held);
    }
  }

  @Override
  public ConsumerRebalanceListener watching(ConsumerRebalanceListener listener) {
    return new WatchedRebalance(listener, health, registry);
  }

  /** The append time is the brokers' clock's, the time now is ours: what they differ by shows. */
  @Override
  public void ended(OpenOrder order) {
    DeadLetterReason reason = order.deadReason;
    if (reason != null) {
      Objects.requireNonNull(dead.get(reason)).increment();
    } else {
      long millis = System.currentTimeMillis() - order.record.timestamp();
      completion.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void committed(long nanos, boolean successful) {
    (successful ? commits : failedCommits).record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void draining() {
    health.draining();
  }

  @Override
  public void failed(Throwable cause) {
    health.failed(cause);
  }

  @Override
  public void close() {
    clients.forEach(KafkaClientMetrics::close);
    refresher.shutdownNow();
    jvm.close();
    registry.close();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "metrics-refresh");
    thread.setDaemon(true);
    return thread;
  }

  private static Duration[] millis(long... millis) {
    Duration[] durations = new Duration[millis.length];
    for (int i = 0; i < millis.length; i++) {
      durations[i] = Duration.ofMillis(millis[i]);
    }
    return durations;
  }
}
