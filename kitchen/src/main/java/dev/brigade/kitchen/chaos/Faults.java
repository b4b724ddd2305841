package dev.brigade.kitchen.chaos;

import java.util.List;

/** Finds the victim of a fault. */
final class Faults {
  private final WorkerFaults workers;
  private final BrokerFaults brokers;
  private final NetworkFaults network;
  private final MonitorFaults monitor;
  private final GroupFaults group;
  private final OrderFaults orders;
  private final PacketFaults packets;

  Faults(Arena arena) {
    this.workers = new WorkerFaults(arena);
    this.brokers = new BrokerFaults(arena);
    this.network = new NetworkFaults(arena, workers);
    this.monitor = new MonitorFaults(arena);
    this.group = new GroupFaults(arena, workers);
    this.orders = new OrderFaults(arena, workers);
    this.packets = new PacketFaults(arena);
  }

  /** The kinds of a profile that this plan can have. */
  static List<FaultKind> kinds(ChaosPlan plan) {
    return plan.profile().kinds().stream().filter(kind -> isPossible(kind, plan)).toList();
  }

  /** Without transactions nobody has a transaction coordinator; a lone broker has no others. */
  static boolean isPossible(FaultKind kind, ChaosPlan plan) {
    return switch (kind) {
      case TRANSACTION_COORDINATOR_KILL -> plan.isExactlyOnce();
      case TWO_BROKERS_KILL, BROKER_CUT, GROUP_COORDINATOR_SPLIT -> plan.brokers() > 2;
      default -> true;
    };
  }

  /**
   * @throws RuntimeException if nobody can be hit now
   */
  AimedFault aim(FaultKind kind) {
    return switch (kind) {
      case WORKER_TERM -> workers.terminate();
      case WORKER_KILL -> workers.kill();
      case WORKERS_KILL_ALL -> workers.killAll();
      case WORKER_FREEZE, WORKER_FREEZE_LONG -> workers.freeze();
      case WORKER_CHURN -> workers.churn();
      case LEADER_TERM -> brokers.terminateLeader();
      case LEADER_KILL -> brokers.killLeader();
      case LEADER_FREEZE -> brokers.freezeLeader();
      case GROUP_COORDINATOR_KILL -> brokers.killGroupCoordinator();
      case TRANSACTION_COORDINATOR_KILL -> brokers.killTransactionCoordinator(workers.busiest());
      case CONTROLLER_KILL -> brokers.killController();
      case TWO_BROKERS_KILL -> brokers.killAllButOne();
      case BROKERS_KILL_ALL -> brokers.killAll();
      case WORKER_CUT -> network.cutWorker();
      case COORDINATOR_CUT -> network.cutCoordinator();
      case BROKER_CUT -> network.cutBroker();
      case ANSWERS_CUT -> network.cutAnswers();
      case RESET -> network.reset();
      case DELAY -> network.delay();
      case LOSS -> network.lose();
      case MONITOR_KILL -> monitor.kill();
      case MONITOR_WIPE -> monitor.wipe();
      case SUPERVISED_KILL -> workers.killSupervised();
      case COMMANDS_KILL -> workers.killWithCommands();
      case POISON_ORDER -> orders.poison();
      case SLOW_ORDER -> orders.slow();
      case OFFSETS_RESET -> group.resetOffsets();
      case DISK_FULL -> brokers.fillDisk();
      case GROUP_COORDINATOR_SPLIT -> network.splitGroupCoordinator();
      case PACKETS_DROPPED -> packets.drop();
    };
  }
}
