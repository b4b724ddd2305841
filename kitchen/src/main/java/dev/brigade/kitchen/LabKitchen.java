package dev.brigade.kitchen;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Interrupts;
import dev.brigade.orders.Kitchen;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The kitchen a lab measures in: worker processes on a cluster of its own, orders placed at once,
 * and the log to tell what became of them. Confined to one thread, which follows the kitchen while
 * it waits.
 */
final class LabKitchen {
  static final int PARTITIONS = 12;
  static final Kitchen NAME = new Kitchen(Kitchen.DEFAULT_NAME);

  private static final String WARM_UP = "warm-up";

  /** A dish that failed so often by chance has not been seen since chefs began to cook. */
  private static final String ENDLESS_ATTEMPTS = "1000";

  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final String bootstrapServers;
  private final RunDirectory directory;
  private final DemoProcesses processes;
  private final KitchenFeed feed;
  private final Interrupts interrupts;
  private int warmUps;
  private long placed;

  LabKitchen(
      String bootstrapServers,
      RunDirectory directory,
      DemoProcesses processes,
      KitchenFeed feed,
      Interrupts interrupts) {
    this.bootstrapServers = bootstrapServers;
    this.directory = directory;
    this.processes = processes;
    this.feed = feed;
    this.interrupts = interrupts;
  }

  /**
   * Returns when all running workers share all partitions and have cooked one quick dish from each,
   * so that what is measured from then on is neither the start of a JVM nor its first steps.
   */
  void start(List<String> workers, int chefs, Map<String, String> recipes) {
    for (String worker : workers) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "worker",
                  "--bootstrap-server",
                  bootstrapServers,
                  "--worker-id",
                  worker,
                  "--chefs",
                  Integer.toString(chefs),
                  "--max-attempts",
                  ENDLESS_ATTEMPTS,
                  "--recipe",
                  WARM_UP + "=simulate:1ms"));
      recipes.forEach((dish, spec) -> arguments.addAll(List.of("--recipe", dish + "=" + spec)));
      feed.view().starting(worker);
      processes.start(worker, arguments);
    }
    await(START_LIMIT, "the workers share all partitions", feed.view()::isShared);
    place(Dinner.of(WARM_UP + ++warmUps, WARM_UP, new BalancedTables(PARTITIONS, 1).all()));
    awaitAllEnded(START_LIMIT);
  }

  /** Ends a worker in good order; returns when it has ended. */
  void stop(String worker) throws InterruptedException {
    processes.stop(worker);
    await(START_LIMIT, worker + " has left", () -> feed.view().worker(worker).partitions.isEmpty());
  }

  /** Ends a worker as a crash does. */
  Takeover kill(String worker) {
    Instant at = Instant.now();
    processes.kill(worker);
    return feed.view().killed(worker, at);
  }

  /** Returns when the brokers have acknowledged all of its orders. */
  void place(Dinner dinner) {
    Path file = directory.path().resolve(dinner.batch() + ".ndjson");
    placed += dinner.place(file, bootstrapServers);
    TemporaryRun.stopIfTold(interrupts);
  }

  /** Follows the kitchen until every order that was ever placed has its end. */
  void awaitAllEnded(Duration limit) {
    await(limit, "every order has its end", () -> ended() >= placed);
  }

  /** Orders that have their end, as far as has been read. */
  long ended() {
    return feed.view().ended();
  }

  KitchenView view() {
    return feed.view();
  }

  void listen(KitchenFeed.Listener listener) {
    feed.listen(listener);
  }

  /** What the log tells of it now. */
  ServedBatch served(Dinner dinner) {
    return ServedBatch.read(clientConfig(bootstrapServers), NAME, dinner.batch());
  }

  /** Reads all of the log back. */
  CheckedLog check() {
    TemporaryRun.stopIfTold(interrupts);
    return CheckedLog.of(placed, LogCheck.run(clientConfig(bootstrapServers), NAME, null));
  }

  /**
   * Follows the kitchen until the condition holds.
   *
   * @throws CommandFailure if it does not in time, or a worker ends by itself
   * @throws TemporaryRun.Stopped if a signal comes first
   */
  void await(Duration limit, String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      TemporaryRun.stopIfTold(interrupts);
      processes.requireAlive();
      if (System.nanoTime() - deadline > 0) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "waited %d s in vain until %s: %d of %d orders have ended, %s"
                .formatted(limit.toSeconds(), what, ended(), placed, holdings()));
      }
      feed.poll(TICK);
    }
  }

  private String holdings() {
    return feed.view().workers().stream()
        .map(worker -> worker.id + " holds [" + PartitionList.of(worker.partitions) + "]")
        .collect(Collectors.joining(", "));
  }

  static Map<String, Object> clientConfig(String bootstrapServers) {
    return Map.of("bootstrap.servers", bootstrapServers);
  }
}
