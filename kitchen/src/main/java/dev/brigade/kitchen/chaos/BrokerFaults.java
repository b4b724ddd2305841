package dev.brigade.kitchen.chaos;

import dev.brigade.cluster.KafkaCluster;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Faults of brokers, as real signals to real processes; each is a controller, too. */
final class BrokerFaults {
  private final Arena arena;
  private final KafkaCluster cluster;
  private final Roles roles;

  BrokerFaults(Arena arena) {
    this.arena = arena;
    this.cluster = arena.cluster();
    this.roles = arena.roles();
  }

  AimedFault terminateLeader() {
    Roles.Leader leader = roles.leaderOfMost();
    int node = leader.node();
    return new AimedFault(
        words(node),
        leader.partitions(),
        Set.of(),
        () -> cluster.stop(node),
        () -> cluster.start(node),
        () -> "it ended");
  }

  AimedFault killLeader() {
    Roles.Leader leader = roles.leaderOfMost();
    return kill(leader.node(), leader.partitions());
  }

  AimedFault freezeLeader() {
    Roles.Leader leader = roles.leaderOfMost();
    int node = leader.node();
    return new AimedFault(
        words(node),
        leader.partitions(),
        Set.of(),
        () -> cluster.freeze(node),
        () -> cluster.thaw(node),
        () -> "stopped by SIGSTOP");
  }

  AimedFault killGroupCoordinator() {
    return kill(roles.groupCoordinator(), Set.of());
  }

  AimedFault killTransactionCoordinator(String worker) {
    return kill(roles.transactionCoordinator(worker), Set.of());
  }

  AimedFault killController() {
    return kill(roles.controller(), Set.of());
  }

  /** It ends by itself; with a larger disk it starts again. */
  AimedFault fillDisk() {
    Roles.Leader leader = roles.leaderOfMost();
    int node = leader.node();
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    return new AimedFault(
        words(node),
        leader.partitions(),
        Set.of(),
        () -> arena.disks().fill(node),
        () -> {
          if (arena.disks().free(node) == 0 && !cluster.isRunning(node)) {
            seen.set("no byte was free, and it ended");
          }
          arena.disks().enlarge(node);
          cluster.kill(node);
          cluster.start(node);
        },
        seen::get);
  }

  /** All but the one that leads most. */
  AimedFault killAllButOne() {
    int left = roles.leaderOfMost().node();
    return kill(cluster.nodes().stream().filter(node -> node != left).toList());
  }

  AimedFault killAll() {
    return kill(cluster.nodes());
  }

  private AimedFault kill(int node, Set<Integer> partitions) {
    Set<Integer> hit = partitions.isEmpty() ? roles.ledBy(node) : partitions;
    return new AimedFault(
        words(node),
        hit,
        Set.of(),
        () -> cluster.kill(node),
        () -> cluster.start(node),
        () -> "killed by SIGKILL");
  }

  private AimedFault kill(List<Integer> nodes) {
    return new AimedFault(
        "brokers " + nodes,
        Set.of(),
        Set.of(),
        () -> nodes.forEach(cluster::kill),
        () -> startAll(nodes),
        () -> "killed by SIGKILL");
  }

  /** At once: none serves before most of them run. */
  private void startAll(Collection<Integer> nodes) {
    CompletableFuture.allOf(
            nodes.stream()
                .map(
                    node ->
                        CompletableFuture.runAsync(
                            () -> cluster.start(node),
                            task -> new Thread(task, "chaos-start-" + node).start()))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static String words(int node) {
    return "broker " + node;
  }
}
