package dev.brigade.audit;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** I4 and I5: what each key's ends tell about the order in which they were cooked. */
final class Cooks {
  private Cooks() {}

  /** Meals among themselves, and dead letters among themselves: no log orders the two. */
  static List<Violation> inLogOrder(Evidence evidence) {
    Tally overtaken =
        new Tally(Invariant.I4, "first ends stand behind one of a later order of their key");
    for (PartitionEvidence partition : evidence.partitions()) {
      Histories histories = new Histories(evidence.history().ordering(), partition);
      for (EndSeen meal : partition.meals().firsts) {
        if (partition.isFirst(meal, partition.deadLetters())
            && !histories.of(meal).firstMeal(meal.orderOffset())) {
          overtaken.add("the meal of order %s", partition.place(meal.orderOffset()));
        }
      }
      for (EndSeen letter : partition.deadLetters().firsts) {
        if (partition.isFirst(letter, partition.meals())
            && !histories.of(letter).firstDeadLetter(letter.orderOffset())) {
          overtaken.add("the dead letter of order %s", partition.place(letter.orderOffset()));
        }
      }
    }
    return Tally.violations(overtaken);
  }

  /**
   * An order with two ends is left out: of a worker that was stopped while it cooked, and woke when
   * its partitions had moved, one of them is the meal of a cook that nobody could prevent.
   */
  static List<Violation> oneAtATime(Evidence evidence) {
    Tally overlapping = new Tally(Invariant.I5, "orders of one key were cooked at the same time");
    for (PartitionEvidence partition : evidence.partitions()) {
      Histories histories = new Histories(evidence.history().ordering(), partition);
      for (EndSeen meal : partition.meals().firsts) {
        if (partition.ends(partition.number(meal.orderOffset())) == 1) {
          histories
              .of(meal)
              .cooked(new KeyHistory.Cook(meal.orderOffset(), meal.startedAt(), meal.finishedAt()));
        }
      }
      for (KeyHistory history : histories.all()) {
        for (KeyHistory.Overlap overlap : history.overlapping()) {
          overlapping.add(
              "%s was begun while %s was being cooked",
              cook(partition, overlap.later()), cook(partition, overlap.earlier()));
        }
      }
    }
    return Tally.violations(overlapping);
  }

  /** In words: {@code order 3/17 (worker-2, 12:00:00.120 to 12:00:00.130)}. */
  private static String cook(PartitionEvidence partition, KeyHistory.Cook cook) {
    String worker =
        partition.meals().firsts.stream()
            .filter(meal -> meal.orderOffset() == cook.offset())
            .map(EndSeen::worker)
            .findFirst()
            .orElse("?");
    return "order %s (%s, %s to %s)"
        .formatted(
            partition.place(cook.offset()),
            worker,
            time(cook.startMicros()),
            time(cook.endMicros()));
  }

  private static LocalTime time(long micros) {
    return LocalTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
  }

  /** One history for each key that is kept in order. */
  private static final class Histories {
    private static final long WHOLE_PARTITION = 1;

    private final Ordering ordering;
    private final PartitionEvidence partition;
    private final Map<Long, KeyHistory> histories = new HashMap<>();

    Histories(Ordering ordering, PartitionEvidence partition) {
      this.ordering = ordering;
      this.partition = partition;
    }

    KeyHistory of(EndSeen end) {
      long key = key(partition.orders().get(partition.number(end.orderOffset())));
      return key == OrderSeen.ALONE
          ? new KeyHistory()
          : histories.computeIfAbsent(key, none -> new KeyHistory());
    }

    private long key(OrderSeen order) {
      return switch (ordering) {
        case KEY -> order.key();
        case PARTITION -> WHOLE_PARTITION;
        case NONE -> OrderSeen.ALONE;
      };
    }

    Collection<KeyHistory> all() {
      return histories.values();
    }
  }
}
