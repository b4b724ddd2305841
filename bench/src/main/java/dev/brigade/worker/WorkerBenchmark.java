package dev.brigade.worker;

import dev.brigade.bench.micro.Sample;
import dev.brigade.orders.Kitchen;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What one order costs in the whole worker between a consumer and a producer that cost nothing:
 * from the record to the completed offset, cooked by a recipe that returns at once. The difference
 * to the codecs alone is what the engine adds.
 */
@State(Scope.Benchmark)
public class WorkerBenchmark {
  /** As many as the worker polls at once. */
  private static final int POLLED = 500;

  /** The JVM takes longer to compile all of this than the one structure that JMH's time is for. */
  private static final int WARM_UP = 200_000;

  private static final long GLANCE_NANOS = 20_000;

  private final KeyQueues queues = new KeyQueues();
  private final Mailbox<OpenOrder> acknowledged = new Mailbox<>();
  private final Settling settling =
      new Settling(acknowledged, Delivery.AT_LEAST_ONCE, Watch.NOBODY);
  private final List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(0);
  private final ReadyProducer producer = new ReadyProducer();
  private final Pass pass = new AcknowledgedPass(producer, acknowledged, this::fail);
  private final Thread passThread = new Thread(pass, "pass");
  private volatile @Nullable Throwable failure;

  @Setup
  public void start() {
    for (int i = 0; i < POLLED; i++) {
      polled.add(Sample.read(Sample.order(i, i), i));
    }
    Recipe atOnce = (order, context) -> CookResult.cooked();
    InstantSource clock = InstantSource.system();
    Kitchen kitchen = new Kitchen(Kitchen.DEFAULT_NAME);
    WorkerOptions options = oneChef();
    RetryBudget budget = new RetryBudget(options.retryPolicy().budget(), System::nanoTime);
    GuardedRecipes recipes =
        new GuardedRecipes(
            new Recipes(Map.of(Recipes.ANY_DISH, atOnce)),
            options.recipeLimits(),
            (dish, state) -> {});
    Crew.Tools tools =
        new Crew.Tools(
            queues,
            recipes,
            new Inspection(recipes, clock),
            new EndRecords(kitchen, "worker-1"),
            pass,
            new Retries(timer, queues, budget),
            budget,
            new Tasters(null),
            options,
            new ActivityFeed(producer, kitchen.activity(), "worker-1", clock),
            new LongAdder(),
            clock,
            Watch.NOBODY);
    new Crew(tools, this::fail).start();
    passThread.setDaemon(true);
    passThread.start();
    for (int cooked = 0; cooked < WARM_UP; cooked += POLLED) {
      cook();
    }
  }

  private static WorkerOptions oneChef() {
    return new WorkerOptions(
        "worker-1",
        false,
        Ordering.KEY,
        Delivery.AT_LEAST_ONCE,
        WorkerOptions.DEFAULT_MAX_CRASHES,
        1,
        ChefThreads.PLATFORM,
        new RetryPolicy(RetryPolicy.DEFAULT_MAX_ATTEMPTS, null, RetryPolicy.DEFAULT_BUDGET),
        new RecipeLimits(RecipeLimits.DEFAULT_BREAKER_PERCENT, Duration.ofSeconds(5), Map.of()),
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        Delivery.AT_LEAST_ONCE.defaultMaxInFlight,
        WorkerOptions.DEFAULT_MAX_IN_FLIGHT_BYTES,
        GroupProtocol.CLASSIC);
  }

  /** Its partition is assigned anew each time, so that the same records may come again. */
  @Benchmark
  @OperationsPerInvocation(POLLED)
  public long cook() {
    Assignment assignment = new Assignment(new TopicPartition("kitchen.orders", 0));
    List<OpenOrder> orders = new ArrayList<>(POLLED);
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      assignment.tracker.register(record.offset());
      assignment.inFlight++;
      orders.add(new OpenOrder(record, assignment, Ordering.KEY));
    }
    queues.add(orders);
    while (assignment.inFlight > 0) {
      if (failure != null) {
        throw new IllegalStateException(failure);
      }
      LockSupport.parkNanos(GLANCE_NANOS);
      settling.settle();
    }
    return assignment.tracker.watermark();
  }

  @TearDown
  public void stop() throws InterruptedException {
    queues.close();
    pass.close();
    passThread.join();
    timer.shutdown();
  }

  private void fail(Throwable cause) {
    failure = cause;
  }
}
