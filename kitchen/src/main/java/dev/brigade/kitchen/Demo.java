package dev.brigade.kitchen;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Interrupts;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.TopicInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * The demo as it is played: orders flow, a worker is killed half way, its partitions move, more
 * workers join, everything ends and is checked. Confined to the command's thread, which reads the
 * topics and draws while it waits.
 */
final class Demo {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int LAST_TICKS = 4;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(30);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Kitchen KITCHEN = new Kitchen(Kitchen.DEFAULT_NAME);

  private final DemoPlan plan;
  private final KafkaCluster cluster;
  private final RunDirectory directory;
  private final DemoProcesses processes;
  private final Interrupts interrupts;
  private final DemoDisplay display;
  private final Map<String, Object> clientConfig;
  private int workersStarted;

  Demo(
      DemoPlan plan,
      KafkaCluster cluster,
      RunDirectory directory,
      DemoProcesses processes,
      Interrupts interrupts,
      DemoDisplay display) {
    this.plan = plan;
    this.cluster = cluster;
    this.directory = directory;
    this.processes = processes;
    this.interrupts = interrupts;
    this.display = display;
    this.clientConfig = Map.of("bootstrap.servers", cluster.bootstrapServers());
  }

  /**
   * @param startedNanos when the demo began
   * @throws CommandFailure if something ended that should not have
   * @throws TemporaryRun.Stopped if a signal came first
   */
  DemoVerdict play(long startedNanos) {
    createTopics();
    String batch = "demo-" + Instant.now().toEpochMilli();
    ProducerRun producer;
    Takeover takeover;
    try (KitchenFeed feed = KitchenFeed.open(clientConfig, KITCHEN)) {
      openKitchen(feed);
      producer = placeOrders(batch);
      awaitHalf(feed, producer);
      takeover = killOne(feed);
      if (plan.workers() > 1) {
        awaitTakeover(feed, takeover, producer);
        reinforce(feed, producer);
      } else { // nobody is left to take over
        reinforce(feed, producer);
        awaitTakeover(feed, takeover, producer);
      }
      await(feed, duration().plus(DRAIN_LIMIT), "every order has its end", producer::hasEnded);
      closeKitchen(feed);
    }
    display.say("reading the topics back");
    LogFindings findings = LogCheck.run(clientConfig, KITCHEN, batch);
    TemporaryRun.stopIfTold(interrupts);
    List<String> problems = new ArrayList<>(producer.problems());
    problems.addAll(processes.problems());
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    return DemoVerdict.of(plan, producer.acknowledged(), findings, takeover, millis, problems);
  }

  private void createTopics() {
    TemporaryRun.stopIfTold(interrupts);
    try (Admin admin = Admin.create(clientConfig)) {
      for (TopicInit.Outcome outcome : TopicInit.run(admin, KITCHEN, DemoPlan.PARTITIONS)) {
        if (outcome.state() == TopicInit.State.DIFFERENT) {
          throw CommandFailure.usage(
              "--data-dir holds a topic that this demo cannot use: %s has %s"
                  .formatted(outcome.topic(), String.join(", ", outcome.differences())));
        }
      }
    }
  }

  private void openKitchen(KitchenFeed feed) {
    display.say(
        "starting %d workers of %d chefs and the monitor".formatted(plan.workers(), plan.chefs()));
    String state = directory.path().resolve("monitor").toString();
    processes.start("monitor", plan.monitorArguments(cluster.bootstrapServers(), state));
    for (int i = 0; i < plan.workers(); i++) {
      startWorker(feed);
    }
    await(feed, START_LIMIT, "the workers hold all partitions", feed.view()::isShared);
    display.say("ready: the workers share all %d partitions".formatted(DemoPlan.PARTITIONS));
  }

  private String startWorker(KitchenFeed feed) {
    String worker = DemoPlan.worker(++workersStarted);
    feed.view().starting(worker);
    processes.start(worker, plan.workerArguments(cluster.bootstrapServers(), workersStarted));
    return worker;
  }

  private ProducerRun placeOrders(String batch) {
    display.say(
        "%s orders are placed, %.0f a second"
            .formatted(Format.count(plan.orders()), plan.perSecond()));
    List<String> arguments = plan.producerArguments(cluster.bootstrapServers(), batch);
    return new ProducerRun(processes.startEnding("producer", arguments));
  }

  private void awaitHalf(KitchenFeed feed, ProducerRun producer) {
    await(
        feed,
        duration().plus(START_LIMIT),
        "half of the orders are placed",
        () -> producer.hasEnded() || feed.view().orders() >= plan.orders() / 2);
    if (producer.hasEnded()) {
      producer.acknowledged(); // fails if it has ended because of a failure
    }
  }

  private Takeover killOne(KitchenFeed feed) {
    KitchenView view = feed.view();
    String victim = DemoPlan.worker(plan.victim());
    Instant killedAt = Instant.now();
    processes.kill(victim);
    Takeover takeover = view.killed(victim, killedAt);
    display.say(
        "%s was killed (SIGKILL); it held partitions %s"
            .formatted(victim, PartitionList.of(takeover.partitions())));
    return takeover;
  }

  private void awaitTakeover(KitchenFeed feed, Takeover takeover, ProducerRun producer) {
    await(
        feed,
        TAKEOVER_LIMIT,
        "the partitions of " + takeover.victim() + " move",
        () -> takeover.isComplete() || producer.hasEnded());
    display.say("its partitions moved: " + takeover.newHolders());
    Duration duration = takeover.untilFirstMeal();
    if (duration != null) {
      display.say(
          "they are cooked again, %s after the kill"
              .formatted(Format.seconds(duration.toMillis() / 1000.0)));
    }
  }

  private void reinforce(KitchenFeed feed, ProducerRun producer) {
    KitchenView view = feed.view();
    long startedNanos = System.nanoTime();
    List<WorkerView> fresh = new ArrayList<>();
    for (int i = 0; i < DemoPlan.REINFORCEMENT; i++) {
      fresh.add(view.worker(startWorker(feed)));
    }
    display.say("%s are started".formatted(names(fresh)));
    await(
        feed,
        START_LIMIT,
        "the new workers get partitions",
        () -> view.isShared() || producer.hasEnded());
    if (view.isShared()) {
      double seconds = (System.nanoTime() - startedNanos) / 1e9;
      display.say("%s (%s after their start)".formatted(holdings(fresh), Format.seconds(seconds)));
    }
  }

  private void closeKitchen(KitchenFeed feed) {
    display.say("every order has its end; workers and monitor are told to stop");
    processes.terminate();
    follow(feed, STOP_LIMIT, processes::haveEnded);
    processes.killRest();
    for (int i = 0; i < LAST_TICKS; i++) { // their last words are in the log, not yet in the view
      feed.poll(TICK);
      display.show(feed.view());
    }
  }

  private static String names(Collection<WorkerView> workers) {
    return workers.stream().map(worker -> worker.id).collect(Collectors.joining(" and "));
  }

  private static String holdings(Collection<WorkerView> workers) {
    return workers.stream()
        .filter(worker -> !worker.partitions.isEmpty())
        .map(worker -> worker.id + " has " + PartitionList.of(worker.partitions))
        .collect(Collectors.joining("; "));
  }

  private Duration duration() {
    return Duration.ofMillis((long) (1000 * plan.orders() / plan.perSecond()));
  }

  /**
   * Follows the kitchen until the condition holds.
   *
   * @throws CommandFailure if it does not in time
   */
  private void await(KitchenFeed feed, Duration limit, String what, BooleanSupplier condition) {
    if (!follow(feed, limit, condition)) {
      throw new CommandFailure(
          ExitCode.FAILED, "waited %d s in vain until %s".formatted(limit.toSeconds(), what));
    }
  }

  /**
   * @return whether the condition holds
   */
  private boolean follow(KitchenFeed feed, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      TemporaryRun.stopIfTold(interrupts);
      processes.requireAlive();
      requireBrokers();
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      feed.poll(TICK);
      display.show(feed.view());
    }
    return true;
  }

  private void requireBrokers() {
    for (int node : cluster.nodes()) {
      if (!cluster.isRunning(node)) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "broker %d ended by itself: see %s".formatted(node, cluster.log(node)));
      }
    }
  }
}
