package dev.brigade.worker;

import dev.brigade.orders.Activity;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Kitchen;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker: wires the poll loop, the key queues, the chefs and the pass together and takes them
 * apart again. Threads: the caller's is the poll thread; one per chef; {@code pass}, {@code timer}
 * and {@code activity}.
 */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** How often somebody looks after chefs and waiting orders; a try may take that much longer. */
  private static final Duration LOOK = Duration.ofMillis(10);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Kitchen kitchen;
  private final WorkerOptions options;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> activityProducer;
  private final Admin admin;
  private final ScheduledThreadPoolExecutor timer;
  private final ActivityFeed activity;
  private final KeyQueues queues;
  private final Lease lease;
  private final Retries retries;
  private final GuardedRecipes recipes;
  private final Sending sending;
  private final Tasters tasters;
  private final Pass pass;
  private final Crew crew;
  private final TopicWatch topics;
  private final Rebalance rebalance;
  private final PollLoop pollLoop;
  private final Thread passThread;
  private final Thread activityThread;
  private final Watch watch;

  Worker(
      Kitchen kitchen,
      WorkerOptions options,
      Recipes recipes,
      Map<String, Object> clientConfig,
      Watch watch) {
    this.kitchen = kitchen;
    this.watch = watch;
    this.options = options;
    InstantSource clock = InstantSource.system();
    LongAdder failedTries = new LongAdder();
    Mailbox<OpenOrder> acknowledged = new Mailbox<>();
    queues = new KeyQueues();
    consumer = Clients.consumer(clientConfig, kitchen.chefsGroup(), options);
    lease =
        new Lease(
            Clients.session(clientConfig, options.groupProtocol()),
            new GroupAnswers(consumer::metrics),
            System::nanoTime);
    queues.beginOnlyWhile(lease::holds);
    activityProducer = Clients.activity(clientConfig, options);
    admin = Clients.admin(clientConfig, options);
    topics = new TopicWatch(admin, kitchen, this::fail);
    timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "timer"));
    activity = new ActivityFeed(activityProducer, kitchen.activity(), options.workerId(), clock);
    RetryBudget retryBudget = new RetryBudget(options.retryPolicy().budget(), System::nanoTime);
    retries = new Retries(timer, queues, retryBudget);
    this.recipes = new GuardedRecipes(recipes, options.recipeLimits(), activity::breakerChanged);
    PlainCommits plainCommits =
        new PlainCommits(
            consumer,
            options.commitInterval(),
            this::fail,
            // Exactly-once commits through transactions; what they lack is not visible.
            options.delivery() == Delivery.EXACTLY_ONCE ? PlainCommits.Outcome.IGNORED : lease,
            watch);
    sending =
        sending(
            kitchen,
            new Sending.Parts(
                clientConfig, options, acknowledged, plainCommits, this::fail, watch));
    pass = sending.pass();
    tasters = new Tasters(recipes.kit());
    Crew.Tools tools =
        new Crew.Tools(
            queues,
            this.recipes,
            new Inspection(this.recipes, clock),
            new EndRecords(kitchen, options.workerId()),
            pass,
            retries,
            retryBudget,
            tasters,
            options,
            activity,
            failedTries,
            clock,
            watch);
    crew = new Crew(tools, this::fail);
    Held held = new Held();
    Settling settling = new Settling(acknowledged, options.delivery(), watch);
    Commits commits = sending.commits();
    Opening opening =
        new Opening(
            consumer,
            CommittedOffsetsReader.of(admin, kitchen.chefsGroup()),
            plainCommits,
            options);
    Vacancies vacancies =
        new Vacancies(
            admin, kitchen, options, topics, () -> consumer.enforceRebalance("vacant partitions"));
    Counterparts counterparts = new Counterparts(topics, kitchen, activity);
    rebalance = new Rebalance(held, tools, crew, settling, commits, opening, topics, counterparts);
    Reports reports = new Reports(activity, crew, settling, failedTries);
    WorkerGauges.register(watch, lease, queues, retries, this.recipes, crew, settling);
    pollLoop =
        new PollLoop(
            consumer,
            held,
            tools,
            lease,
            settling,
            commits,
            opening,
            vacancies,
            plainCommits.capacity(),
            reports,
            topics,
            counterparts);
    passThread = daemon(pass, "pass");
    activityThread = daemon(activity, "activity");
  }

  private Sending sending(Kitchen kitchenOf, Sending.Parts parts) {
    return switch (options.delivery()) {
      case AT_LEAST_ONCE -> Sending.atLeastOnce(parts);
      case EXACTLY_ONCE ->
          Sending.exactlyOnce(
              parts,
              kitchenOf.transactionalId(options.workerId(), 0),
              consumer,
              CommittedOffsetsReader.of(admin, kitchenOf.chefsGroup()));
    };
  }

  /** Shows what the Kafka clients count; they may be asked for that on any thread. */
  void showClients(WorkerMetrics metrics) {
    metrics.show(
        new KafkaClientMetrics(consumer, List.of(), metrics.refresher(), WorkerMetrics.REFRESH));
    metrics.show(
        new KafkaClientMetrics(
            sending.producer(), List.of(), metrics.refresher(), WorkerMetrics.REFRESH));
  }

  /**
   * Works until {@link #drain} is called, then finishes what is being cooked.
   *
   * @return false if the drain timeout cut that short
   * @throws Exception if the worker cannot go on; what is not committed is cooked again elsewhere
   */
  boolean run() throws Exception {
    passThread.start();
    daemon(new WarmUp(pass, kitchen), "warm-up").start();
    activityThread.start();
    crew.start();
    timer.scheduleWithFixedDelay(
        this::lookAfterWaiting, LOOK.toNanos(), LOOK.toNanos(), TimeUnit.NANOSECONDS);
    askForSession();
    topics.begin();
    timer.scheduleWithFixedDelay(
        topics::look,
        TopicWatch.INTERVAL.toNanos(),
        TopicWatch.INTERVAL.toNanos(),
        TimeUnit.NANOSECONDS);
    activity.happened(Activity.Type.STARTED, null);
    try {
      pollLoop.run(kitchen.orders(), rebalance);
      boolean drained = pollLoop.finish(options.drainTimeout(), rebalance, crew);
      rebalance.abandon();
      leaveGroup();
      return drained;
    } catch (Exception | Error e) {
      topics.lookNow();
      CommandFailure why = topics.failure();
      if (why != null && why != e) {
        why.addSuppressed(e);
        throw why;
      }
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    } finally {
      close();
    }
  }

  /**
   * Asks the worker to stop once what is being cooked has its end. Thread-safe, returns at once.
   */
  void drain() {
    watch.draining();
    pollLoop.drain();
  }

  /** Whether its group had let it in. Only after {@link #run}, on the same thread. */
  boolean wasInGroup() {
    return rebalance.wasIn();
  }

  /**
   * Waits up to 5 s for chefs to end, so that none of them is still busy with an order when another
   * worker in the same process cooks it. A recipe that does not heed interrupts may be. Only after
   * {@link #run}.
   */
  void awaitChefs() {
    crew.end(CLOSE_TIMEOUT);
  }

  /** With the consumer protocol it is the brokers'; until they tell it is taken for the default. */
  private void askForSession() {
    if (options.groupProtocol() == GroupProtocol.CONSUMER) {
      Session.ofGroup(admin, kitchen.chefsGroup())
          .thenAccept(lease::sessionIs)
          .exceptionally(
              e -> {
                LOG.warn(
                    "the brokers do not tell the session timeout of {}, taken for {} s: {}",
                    kitchen.chefsGroup(),
                    Session.OF_BROKERS.timeout().toSeconds(),
                    e.toString());
                return null;
              });
    }
  }

  private void lookAfterWaiting() {
    try {
      lease.look();
      crew.look();
      retries.releaseWithinBudget();
      recipes.release(queues);
      tasters.closeIdle();
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    LOG.error("the worker cannot go on: {}", cause.toString());
    watch.failed(cause);
    pollLoop.fail(cause);
  }

  /** Also of a static member: its partitions move now, not after the session timeout. */
  private void leaveGroup() {
    try {
      consumer.close(
          CloseOptions.timeout(CLOSE_TIMEOUT)
              .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("could not leave the group in time: its session ends later ({})", e.toString());
    }
  }

  private void close() {
    watch.draining();
    rebalance.abandon();
    queues.close();
    crew.cancelAll();
    timer.shutdownNow();
    pass.close();
    activity.happened(Activity.Type.STOPPED, null);
    activity.close();
    join(List.of(passThread, activityThread));
    closeEach(
        () -> consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT)),
        sending.close(),
        tasters::close,
        () -> activityProducer.close(Duration.ofSeconds(1)),
        () -> admin.close(Duration.ZERO));
  }

  /** A consumer that was put out may say so once more when it is closed. */
  private static void closeEach(Runnable... closes) {
    for (Runnable close : closes) {
      try {
        close.run();
      } catch (RuntimeException e) {
        LOG.debug("closing", e);
      }
    }
  }

  private static void join(List<Thread> threads) {
    try {
      for (Thread thread : threads) {
        thread.join(CLOSE_TIMEOUT.toMillis());
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
