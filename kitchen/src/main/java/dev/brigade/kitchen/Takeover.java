package dev.brigade.kitchen;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a killed worker's partitions: who gets them, and how long until somebody else's
 * meal of one of them is in the log. Not thread-safe.
 */
final class Takeover {
  private final String victim;
  private final Instant killedAt;
  private final SortedSet<Integer> partitions;
  private final Map<Integer, String> newHolders = new TreeMap<>();
  private @Nullable Instant firstMealAt;

  /**
   * @param partitions what the victim held
   */
  Takeover(String victim, Instant killedAt, Collection<Integer> partitions) {
    this.victim = victim;
    this.killedAt = killedAt;
    this.partitions = new TreeSet<>(partitions);
  }

  void assigned(String worker, int partition) {
    if (!worker.equals(victim) && partitions.contains(partition)) {
      newHolders.putIfAbsent(partition, worker);
    }
  }

  /**
   * @param at when it was appended to the log
   */
  void meal(String worker, int partition, Instant at) {
    if (firstMealAt == null
        && !worker.equals(victim)
        && partitions.contains(partition)
        && !at.isBefore(killedAt)) {
      firstMealAt = at;
    }
  }

  String victim() {
    return victim;
  }

  SortedSet<Integer> partitions() {
    return partitions;
  }

  /** Whether every partition has a new holder and is being cooked again. */
  boolean isComplete() {
    return newHolders.size() == partitions.size() && (firstMealAt != null || partitions.isEmpty());
  }

  /** From the kill to the first meal of a moved partition; null until there is one. */
  @Nullable Duration untilFirstMeal() {
    return firstMealAt == null ? null : Duration.between(killedAt, firstMealAt);
  }

  /** Who has got what so far: {@code 4, 5 to worker-1; 6, 7 to worker-3}. */
  String newHolders() {
    Map<String, SortedSet<Integer>> byWorker = new TreeMap<>();
    newHolders.forEach(
        (partition, worker) ->
            byWorker.computeIfAbsent(worker, unused -> new TreeSet<>()).add(partition));
    List<String> parts =
        byWorker.entrySet().stream()
            .map(entry -> PartitionList.of(entry.getValue()) + " to " + entry.getKey())
            .toList();
    return parts.isEmpty() ? "none so far" : String.join("; ", parts);
  }
}
