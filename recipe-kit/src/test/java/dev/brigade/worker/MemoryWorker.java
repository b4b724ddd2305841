package dev.brigade.worker;

import dev.brigade.orders.Kitchen;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A worker's chef with all that decides on orders, between a list of records and a list of ends.
 */
final class MemoryWorker implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final MockProducer<byte[], byte[]> log = producer();
  private final Mailbox<OpenOrder> acknowledged = new Mailbox<>();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final KeyQueues queues = new KeyQueues();
  private final Pass pass =
      new AcknowledgedPass(
          log,
          acknowledged,
          error -> {
            throw new AssertionError(error);
          });
  private final Crew crew;

  MemoryWorker(Recipe recipe, WorkerOptions options, InstantSource clock) {
    RetryBudget budget = new RetryBudget(options.retryPolicy().budget(), System::nanoTime);
    Retries retries = new Retries(timer, queues, budget);
    GuardedRecipes recipes =
        new GuardedRecipes(
            new Recipes(Map.of(Recipes.ANY_DISH, recipe)), options.recipeLimits(), nobody());
    crew =
        new Crew(
            new Crew.Tools(
                queues,
                recipes,
                new Inspection(recipes, clock),
                new EndRecords(new Kitchen("kitchen"), options.workerId()),
                pass,
                retries,
                budget,
                new Tasters(null),
                options,
                new ActivityFeed(producer(), "kitchen.activity", options.workerId(), clock),
                new LongAdder(),
                clock,
                Watch.NOBODY),
            error -> {
              throw new AssertionError(error);
            });
    timer.scheduleWithFixedDelay(retries::releaseWithinBudget, 1, 1, TimeUnit.MILLISECONDS);
  }

  /** One chef: then only a try that asks for it is ever interrupted, see {@link #timeOut}. */
  static WorkerOptions options(String workerId, int maxAttempts, Duration cookTimeout) {
    return new WorkerOptions(
        workerId,
        false,
        Ordering.KEY,
        Delivery.AT_LEAST_ONCE,
        WorkerOptions.DEFAULT_MAX_CRASHES,
        1,
        ChefThreads.PLATFORM,
        new RetryPolicy(maxAttempts, null, 1_000),
        new RecipeLimits(RecipeLimits.NO_BREAKER, Duration.ofSeconds(5), Map.of()),
        cookTimeout,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        10_000,
        Long.MAX_VALUE,
        GroupProtocol.CLASSIC);
  }

  /** On the chef's thread: cooks until the timeout has interrupted it. */
  void timeOut() {
    while (!Thread.interrupted()) {
      crew.look();
    }
  }

  /** The ends of these orders in the order in which they were sent. */
  List<ProducerRecord<byte[], byte[]>> cook(List<ConsumerRecord<byte[], byte[]>> orders)
      throws InterruptedException {
    Assignment assignment = new Assignment(new TopicPartition("kitchen.orders", 0));
    Thread sender = new Thread(pass, "pass");
    sender.setDaemon(true);
    sender.start();
    crew.start();
    queues.add(
        orders.stream().map(order -> new OpenOrder(order, assignment, Ordering.KEY)).toList());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    int ends = 0;
    while (ends < orders.size()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(ends + " ends of " + orders.size() + " orders");
      }
      ends += acknowledged.readAll(1, TimeUnit.SECONDS, order -> {});
    }
    return log.history();
  }

  @Override
  public void close() {
    queues.close();
    pass.close();
    timer.shutdownNow();
  }

  /** Generic, so that the breaker's library is not a dependency of this test. */
  private static <T, U> BiConsumer<T, U> nobody() {
    return (first, second) -> {};
  }

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
