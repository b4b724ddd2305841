package dev.brigade.audit;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A history, and its orders with their ends beside them. Read-only. */
final class Evidence {
  private final History history;
  private final Disruptions disruptions;
  private final SortedMap<Integer, PartitionEvidence> partitions = new TreeMap<>();

  Evidence(History history) {
    this.history = history;
    this.disruptions = new Disruptions(history.disruptions());
    Scan scan = history.scan();
    TreeSet<Integer> numbers = new TreeSet<>(scan.orders().keySet());
    numbers.addAll(scan.meals().keySet());
    numbers.addAll(scan.deadLetters().keySet());
    numbers.addAll(scan.ordersEnd().keySet());
    for (int number : numbers) {
      partitions.put(
          number,
          new PartitionEvidence(
              number,
              scan.orders().getOrDefault(number, List.of()),
              scan.meals().getOrDefault(number, List.of()),
              scan.deadLetters().getOrDefault(number, List.of())));
    }
  }

  History history() {
    return history;
  }

  Disruptions disruptions() {
    return disruptions;
  }

  Collection<PartitionEvidence> partitions() {
    return partitions.values();
  }

  @Nullable OrderSeen order(int partition, long offset) {
    PartitionEvidence found = partitions.get(partition);
    return found == null ? null : found.order(offset);
  }
}
