package dev.brigade.kitchen.chaos;

import static dev.brigade.kitchen.chaos.Profile.BROKERS;
import static dev.brigade.kitchen.chaos.Profile.FULL;
import static dev.brigade.kitchen.chaos.Profile.NETWORK;
import static dev.brigade.kitchen.chaos.Profile.SMOKE;
import static dev.brigade.kitchen.chaos.Profile.WORKERS;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.brigade.kitchen.chaos.tools.Tool;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The faults a soak injects. */
enum FaultKind {
  WORKER_TERM("the busiest worker is told to stop", Layer.WORKERS, 2, 6, SMOKE, WORKERS, FULL),
  WORKER_KILL("the busiest worker is killed", Layer.WORKERS, 1, 14, SMOKE, WORKERS, FULL),
  WORKERS_KILL_ALL("all workers are killed", Layer.WORKERS, 0, 3, WORKERS, FULL),
  WORKER_FREEZE("the busiest worker stands still", Layer.WORKERS, 2, 4, SMOKE, WORKERS, FULL),
  WORKER_FREEZE_LONG(
      "the busiest worker stands still longer than its session",
      Layer.WORKERS,
      9,
      20,
      WORKERS,
      FULL),
  WORKER_CHURN("workers join and leave all the time", Layer.WORKERS, 12, 18, WORKERS, FULL),
  LEADER_TERM(
      "the leader of most partitions is told to stop", Layer.BROKERS, 2, 6, SMOKE, BROKERS, FULL),
  LEADER_KILL(
      "the leader of most partitions is killed", Layer.BROKERS, 2, 14, SMOKE, BROKERS, FULL),
  LEADER_FREEZE("the leader of most partitions stands still", Layer.BROKERS, 4, 16, BROKERS, FULL),
  GROUP_COORDINATOR_KILL("the group's coordinator is killed", Layer.BROKERS, 2, 14, BROKERS, FULL),
  TRANSACTION_COORDINATOR_KILL(
      "a worker's transaction coordinator is killed", Layer.BROKERS, 2, 14, BROKERS, FULL),
  CONTROLLER_KILL("the active controller is killed", Layer.BROKERS, 2, 14, BROKERS, FULL),
  TWO_BROKERS_KILL("all brokers but one are killed", Layer.BROKERS, 3, 8, BROKERS, FULL),
  BROKERS_KILL_ALL("all brokers are killed", Layer.BROKERS, 0, 3, BROKERS, FULL),
  WORKER_CUT("the busiest worker reaches no broker", Layer.NETWORK, 4, 16, NETWORK, FULL),
  COORDINATOR_CUT(
      "the busiest worker does not reach the group's coordinator",
      Layer.NETWORK,
      4,
      16,
      NETWORK,
      FULL),
  BROKER_CUT(
      "a broker and the others do not reach each other", Layer.NETWORK, 4, 16, NETWORK, FULL),
  ANSWERS_CUT("the busiest worker gets no answers", Layer.NETWORK, 4, 16, NETWORK, FULL),
  RESET("all of the workers' connections are reset", Layer.NETWORK, 1, 3, NETWORK, FULL),
  DELAY("everything arrives 100 ms late, more or less", Layer.NETWORK, 8, 12, NETWORK, FULL),
  LOSS("one packet in twenty is lost", Layer.NETWORK, 8, 12, NETWORK, FULL),
  MONITOR_KILL("the monitor is killed", Layer.MONITOR, 0, 4, SMOKE, WORKERS, BROKERS, FULL),
  MONITOR_WIPE("the monitor is killed and its directory deleted", Layer.MONITOR, 0, 4, FULL),

  // Those below come in scenarios of their own; no profile has them.

  SUPERVISED_KILL("a supervised worker is killed", Layer.WORKERS),
  COMMANDS_KILL("the busiest worker is killed while its commands run", Layer.WORKERS),
  POISON_ORDER("an order ends the worker that cooks it", Layer.WORKERS),
  SLOW_ORDER("an order takes longer than max.poll.interval.ms", Layer.WORKERS),
  OFFSETS_RESET("an operator sets the group's offsets back", Layer.WORKERS),
  DISK_FULL("the disk of the leader of most partitions is full", Layer.BROKERS),
  GROUP_COORDINATOR_SPLIT(
      "the group's coordinator and the other brokers do not reach each other", Layer.NETWORK),
  PACKETS_DROPPED("packets to the leader of most partitions are dropped", Layer.NETWORK);

  private final String words;
  private final Layer layer;
  private final Duration shortest;
  private final Duration longest;
  private final Set<Profile> profiles;

  FaultKind(String words, Layer layer, int shortest, int longest, Profile first, Profile... rest) {
    this.words = words;
    this.layer = layer;
    this.shortest = Duration.ofSeconds(shortest);
    this.longest = Duration.ofSeconds(longest);
    this.profiles = EnumSet.of(first, rest);
  }

  FaultKind(String words, Layer layer) {
    this.words = words;
    this.layer = layer;
    this.shortest = Duration.ZERO;
    this.longest = Duration.ZERO;
    this.profiles = EnumSet.noneOf(Profile.class);
  }

  boolean isIn(Profile profile) {
    return profiles.contains(profile);
  }

  Layer layer() {
    return layer;
  }

  /** What it is injected with. */
  Tool tool() {
    return switch (this) {
      case DISK_FULL -> Tool.SMALL_DISK;
      case PACKETS_DROPPED -> Tool.PACKET_FILTER;
      default -> layer == Layer.NETWORK ? Tool.PROXIES : Tool.SIGNALS;
    };
  }

  /** How long it lasts before it is healed: at least. */
  Duration shortest() {
    return shortest;
  }

  /** How long it lasts before it is healed: at most. */
  Duration longest() {
    return longest;
  }

  /** Whether no worker and no broker may do anything otherwise because of it. */
  boolean harmsNobody() {
    return layer == Layer.MONITOR || this == SLOW_ORDER;
  }

  /** What happens, for people. */
  String words() {
    return words;
  }

  /** As it is written in schedules and on the command line. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
