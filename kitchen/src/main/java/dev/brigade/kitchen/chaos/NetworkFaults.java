package dev.brigade.kitchen.chaos;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.net.Caller;
import dev.brigade.cluster.net.Effect;
import dev.brigade.cluster.net.Route;
import dev.brigade.cluster.net.Rule;
import dev.brigade.kitchen.Format;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Faults of connections, by the proxies in front of every listener. */
final class NetworkFaults {
  private static final Duration DELAY = Duration.ofMillis(50);
  private static final double LOSS = 0.05;

  /** The first characters of their client ids. */
  private static final String WORKERS = "worker-";

  private final Arena arena;
  private final WorkerFaults workers;

  NetworkFaults(Arena arena, WorkerFaults workers) {
    this.arena = arena;
    this.workers = workers;
  }

  AimedFault cutWorker() {
    String victim = workers.busiest();
    return ofWorker(victim, victim, Route.from(Caller.client(victim)), Effect.cut());
  }

  AimedFault cutCoordinator() {
    String victim = workers.busiest();
    int coordinator = arena.roles().groupCoordinator();
    return ofWorker(
        victim,
        victim + " from broker " + coordinator,
        Route.from(Caller.client(victim)).toNodes(coordinator),
        Effect.cut());
  }

  AimedFault cutAnswers() {
    String victim = workers.busiest();
    return ofWorker(victim, victim, Route.from(Caller.client(victim)), Effect.halfOpen());
  }

  /** The leader of most partitions, which clients reach all the time. */
  AimedFault cutBroker() {
    Roles.Leader leader = arena.roles().leaderOfMost();
    return split(leader.node(), leader.partitions());
  }

  /** Nothing ends without a coordinator: all partitions are hit. */
  AimedFault splitGroupCoordinator() {
    return split(arena.roles().groupCoordinator(), arena.roles().all());
  }

  private AimedFault split(int node, Set<Integer> partitions) {
    return fault("broker " + node, partitions, Set.of(), Route.between(node), Effect.cut());
  }

  AimedFault reset() {
    requireConnected(client -> client.startsWith(WORKERS));
    return fault(
        "all workers",
        Set.of(),
        Set.of(),
        Route.from(Caller.clientsStartingWith(WORKERS)),
        Effect.reset());
  }

  /** While brokers are away there may be nobody whose connections could be hit. */
  private void requireConnected(Predicate<String> worker) {
    KafkaCluster cluster = arena.cluster();
    boolean isConnected =
        cluster.nodes().stream()
            .flatMap(node -> cluster.network().callers(node).stream())
            .anyMatch(worker);
    if (!isConnected) {
      throw new IllegalStateException("none of the workers to hit is connected");
    }
  }

  /** 50 ms, and up to as much again, each way. */
  AimedFault delay() {
    return fault(
        "everybody", Set.of(), Set.of(), Route.from(Caller.anyone()), Effect.delay(DELAY, DELAY));
  }

  AimedFault lose() {
    return fault("everybody", Set.of(), Set.of(), Route.from(Caller.anyone()), Effect.loss(LOSS));
  }

  private AimedFault ofWorker(String worker, String victim, Route route, Effect effect) {
    requireConnected(client -> client.equals(worker) || client.startsWith(worker + "-"));
    return fault(victim, arena.progress().heldBy(worker), Set.of(worker), route, effect);
  }

  private AimedFault fault(
      String victim, Set<Integer> partitions, Set<String> workers, Route route, Effect effect) {
    AtomicReference<@Nullable Rule> rule = new AtomicReference<>();
    return new AimedFault(
        victim,
        partitions,
        workers,
        () -> rule.set(arena.cluster().network().apply(route, effect)),
        () -> {
          Rule applied = rule.get();
          if (applied != null) {
            applied.close();
          }
        },
        () -> evidence(rule.get()));
  }

  private static @Nullable String evidence(@Nullable Rule rule) {
    return rule == null || !rule.hits().bit()
        ? null
        : "%s connections, %s bytes held up"
            .formatted(Format.count(rule.hits().connections()), Format.count(rule.hits().bytes()));
  }
}
