package dev.brigade.audit;

import java.time.Instant;
import java.util.Set;

/**
 * What was done to a kitchen on purpose, as far as it excuses something.
 *
 * @param from before it could have an effect
 * @param to when it was over, recovery included: when the brokers answered again, when the workers
 *     had died or woken up; until then commits may have failed
 * @param workers the ids of those hit; for {@link Kind#WORKERS} only
 */
public record Disruption(Instant from, Instant to, Kind kind, Set<String> workers) {
  public Disruption {
    workers = Set.copyOf(workers);
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a disruption from " + from + " cannot end at " + to);
    }
  }

  /** Who was hit. */
  public enum Kind {
    /** Some workers: killed, stopped, or cut off. What they had in hands may be cooked twice. */
    WORKERS,
    /** Brokers, or the network between them: every worker's commits may fail. */
    BROKERS,
    /**
     * As brokers, and some that clients still reached were cut off from the others: they go on
     * answering from what they knew.
     */
    DIVIDED,
    /** The group's offsets were set back: what had been done since may be cooked again. */
    OFFSETS_RESET
  }

  public static Disruption ofWorkers(Instant from, Instant to, Set<String> workers) {
    return new Disruption(from, to, Kind.WORKERS, workers);
  }

  public static Disruption ofBrokers(Instant from, Instant to) {
    return new Disruption(from, to, Kind.BROKERS, Set.of());
  }

  public static Disruption ofDividedBrokers(Instant from, Instant to) {
    return new Disruption(from, to, Kind.DIVIDED, Set.of());
  }

  public static Disruption offsetsReset(Instant from, Instant to) {
    return new Disruption(from, to, Kind.OFFSETS_RESET, Set.of());
  }
}
