package dev.brigade.worker;

import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.Meal;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * Chefs at work with all that is around them but a broker. What the worker's timer does every few
 * milliseconds happens here while the test waits, as far as it asks for it.
 */
final class TestCrew implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** What chefs tell, as far as it does not depend on time. */
  final List<String> told = Collections.synchronizedList(new ArrayList<>());

  final KeyQueues queues = new KeyQueues(2);
  final GuardedRecipes recipes;
  final Crew crew;
  final Retries retries;
  final LongAdder failedTries = new LongAdder();
  private final Kitchen kitchen = new Kitchen("test");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Pass pass =
      new AcknowledgedPass(producer, new Mailbox<>(), e -> told.add("pass died: " + e));
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final List<Thread> chefs = Collections.synchronizedList(new ArrayList<>());
  private final MockProducer<byte[], byte[]> activityProducer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final ActivityFeed activity;
  private final Thread activityThread;
  private long offset;

  TestCrew(WorkerOptions options, Map<String, ? extends AnyRecipe> byDish) {
    recipes =
        new GuardedRecipes(
            new Recipes(byDish),
            options.recipeLimits(),
            (dish, state) -> told.add(dish + " " + state));
    RetryBudget budget = new RetryBudget(1_000, System::nanoTime);
    retries = new Retries(timer, queues, budget);
    InstantSource clock = InstantSource.system();
    activity = new ActivityFeed(activityProducer, kitchen.activity(), options.workerId(), clock);
    Watch watch =
        new Watch() {
          @Override
          public void cooked(OpenOrder order, long cookNanos) {
            told.add("cooked");
          }

          @Override
          public void failed(DeadLetterReason reason) {
            told.add("failed " + reason);
          }
        };
    crew =
        new Crew(
            new Crew.Tools(
                queues,
                recipes,
                new Inspection(recipes, clock),
                new EndRecords(kitchen, options.workerId()),
                pass,
                retries,
                budget,
                new Tasters(null),
                options,
                activity,
                failedTries,
                clock,
                watch),
            e -> told.add("chef died: " + e));
    List<Thread> before = chefThreads();
    crew.start();
    chefThreads().stream().filter(thread -> !before.contains(thread)).forEach(chefs::add);
    startDaemon(pass, "pass");
    activityThread = startDaemon(activity, "activity");
  }

  static TestCrew of(WorkerOptions options, AsyncRecipe recipe) {
    return new TestCrew(options, Map.of(Recipes.ANY_DISH, recipe));
  }

  private static Thread startDaemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static List<Thread> chefThreads() {
    Thread[] all = new Thread[Thread.activeCount() * 2 + 100];
    return Arrays.stream(all, 0, Thread.enumerate(all))
        .filter(thread -> thread.getName().startsWith("chef-"))
        .toList();
  }

  static Assignment assignment() {
    return new Assignment(new TopicPartition("test.orders", 0));
  }

  /** Reads an order of this dish; its id is the key and the offset. */
  OpenOrder add(Assignment assignment, String dish, String key) {
    OpenOrder order = order(assignment, dish, key);
    queues.add(List.of(order));
    return order;
  }

  private OpenOrder order(Assignment assignment, String dish, String key) {
    byte[] value = OrderCodec.encode(new Order(key + "-" + offset, dish, Instant.EPOCH));
    return new OpenOrder(
        new ConsumerRecord<>(
            assignment.partition().topic(),
            assignment.partition().partition(),
            offset++,
            key.getBytes(StandardCharsets.UTF_8),
            value),
        assignment,
        Ordering.KEY);
  }

  /** Lets orders go that wait for a budget or a breaker until this is so; no try is overdue. */
  void await(String what, Callable<Boolean> isSo) {
    await(what, () -> {}, isSo);
  }

  /** Also looks whether a try is overdue, or a chef held up. */
  void awaitLooking(String what, Callable<Boolean> isSo) {
    await(what, crew::look, isSo);
  }

  private void await(String what, Runnable look, Callable<Boolean> isSo) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              look.run();
              retries.releaseWithinBudget();
              recipes.release(queues);
              return isSo.call();
            });
  }

  /** Until no chef has anything to do, which is for good as long as nothing comes from outside. */
  void awaitIdleChefs() {
    Awaitility.await("idle chefs")
        .atMost(PATIENCE)
        .until(() -> chefs.stream().allMatch(chef -> chef.getState() == Thread.State.WAITING));
  }

  void awaitEnds(int count) {
    await(count + " ends", () -> ends().size() >= count);
  }

  void awaitEndOfChefs() {
    await("the chefs' end", () -> chefs.stream().noneMatch(Thread::isAlive));
  }

  int threads() {
    return chefs.size();
  }

  /** Meals and dead letters in the order they were sent. */
  List<ProducerRecord<byte[], byte[]>> ends() {
    return producer.history();
  }

  List<Meal> meals() {
    return ends().stream()
        .filter(end -> end.topic().equals(kitchen.meals()))
        .map(end -> TestKitchen.meal(end.value()))
        .toList();
  }

  List<DeadLetter> deadLetters() {
    return ends().stream()
        .filter(end -> end.topic().equals(kitchen.deadLetters()))
        .map(end -> TestKitchen.deadLetter(end.headers()))
        .toList();
  }

  /** What the activity topic holds; all of it only after {@link #close}. */
  List<String> activities() {
    return activityProducer.history().stream()
        .map(record -> TestKitchen.activity(record.value()))
        .map(
            it ->
                it.type()
                    + Optional.ofNullable(it.order())
                        .map(order -> " " + order.attempt() + " " + order.reason())
                        .orElse(""))
        .toList();
  }

  @Override
  public void close() {
    queues.close();
    crew.cancelAll();
    timer.shutdownNow();
    awaitEndOfChefs();
    pass.close();
    activity.close();
    await("the feed's end", () -> !activityThread.isAlive());
  }
}
