package dev.brigade.audit;

import dev.brigade.orders.LatencyWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** A copy of a history that tests change. */
final class AlteredHistory {
  final Delivery delivery;
  final Ordering ordering;
  final List<LedgerEntry> ledger;
  final Fingerprints live;
  final Fingerprints last;
  final Map<Integer, List<OrderSeen>> orders;
  final Map<Integer, List<EndSeen>> meals;
  final Map<Integer, List<EndSeen>> deadLetters;
  final Map<String, LatencyWindow> windows;
  final List<String> unreadable;
  final List<CommitSample> commits;
  final Map<Integer, Long> committed;
  final List<Disruption> disruptions;
  final List<String> missedRecoveries;
  boolean monitored;
  Leftovers leftovers;
  private final History original;

  AlteredHistory(History original) {
    this.original = original;
    Scan scan = original.scan();
    delivery = original.delivery();
    ordering = original.ordering();
    ledger = new ArrayList<>(original.ledger());
    live = copy(original.live());
    last = copy(scan.fingerprints());
    orders = copy(scan.orders());
    meals = copy(scan.meals());
    deadLetters = copy(scan.deadLetters());
    windows = new TreeMap<>(scan.windows());
    unreadable = new ArrayList<>(scan.unreadable());
    commits = new ArrayList<>(original.commits());
    committed = new HashMap<>(original.committed());
    disruptions = new ArrayList<>(original.disruptions());
    missedRecoveries = new ArrayList<>(original.missedRecoveries());
    monitored = original.monitored();
    leftovers = original.leftovers();
  }

  private static Fingerprints copy(Fingerprints original) {
    Fingerprints copy = new Fingerprints();
    original
        .logs()
        .forEach(
            (log, fingerprint) -> {
              for (int i = 0; i < fingerprint.size(); i++) {
                copy.add(log, fingerprint.offset(i), fingerprint.hash(i));
              }
            });
    return copy;
  }

  private static <T> Map<Integer, List<T>> copy(Map<Integer, List<T>> original) {
    Map<Integer, List<T>> copy = new TreeMap<>();
    original.forEach((partition, list) -> copy.put(partition, new ArrayList<>(list)));
    return copy;
  }

  History history() {
    Scan scan =
        new Scan(
            last,
            orders,
            meals,
            deadLetters,
            original.scan().activity(),
            windows,
            unreadable,
            original.scan().ordersEnd());
    return new History(
        delivery,
        ordering,
        ledger,
        live,
        scan,
        commits,
        committed,
        original.metadata(),
        disruptions,
        monitored,
        missedRecoveries,
        leftovers);
  }

  /** Of partition 0, like the other lists without a number. */
  List<OrderSeen> orders() {
    return Objects.requireNonNull(orders.get(0));
  }

  List<EndSeen> meals() {
    return Objects.requireNonNull(meals.get(0));
  }

  List<EndSeen> deadLetters() {
    return Objects.requireNonNull(deadLetters.get(0));
  }

  static CommitSample.Committed commit(CommitSample sample) {
    return Objects.requireNonNull(sample.partitions().get(0));
  }

  /** The place in the ledger of an acknowledged order of partition 0. */
  int acknowledged() {
    for (int i = ledger.size() / 2; i < ledger.size(); i++) {
      if (ledger.get(i).outcome() == LedgerEntry.Outcome.ACKED && ledger.get(i).partition() == 0) {
        return i;
      }
    }
    throw new AssertionError("no order of partition 0 was acknowledged");
  }

  /** The place in partition 0 of an order. */
  int order(LedgerEntry entry) {
    List<OrderSeen> all = orders();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).offset() == entry.offset()) {
        return i;
      }
    }
    throw new AssertionError(entry + " is not in the log");
  }

  void replace(CommitSample sample, int partition, CommitSample.Committed commit) {
    Map<Integer, CommitSample.Committed> partitions = new HashMap<>(sample.partitions());
    partitions.put(partition, commit);
    commits.set(commits.indexOf(sample), new CommitSample(sample.at(), partitions));
  }

  /** The samples of a partition, by time. */
  List<CommitSample> samples(int partition) {
    return commits.stream().filter(sample -> sample.partitions().containsKey(partition)).toList();
  }

  static TopicPartition log(String topic) {
    return new TopicPartition(topic, 0);
  }
}
