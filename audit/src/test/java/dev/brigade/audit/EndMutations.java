package dev.brigade.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Of meals and dead letters. */
final class EndMutations {
  private static final long LONG_BEFORE = SimulatedPartition.CRASH - 2_000;

  private EndMutations() {}

  static Stream<Mutation> all() {
    return Stream.of(
        Mutation.of(
            "a meal is missing",
            Set.of(Invariant.I3, Invariant.I6, Invariant.I9),
            history -> history.meals().remove(single(history))),
        Mutation.of(
            "a meal is missing and nobody had looked at commits or windows",
            Invariant.I3,
            history -> {
              history.meals().remove(single(history));
              history.commits.clear();
              history.monitored = false;
            }),
        Mutation.of(
            "a second meal that nothing explains",
            Invariant.I3,
            history -> {
              history.disruptions.clear();
              append(history, single(history));
            }),
        Mutation.of("more second meals than are explained", Invariant.I3, EndMutations::flood),
        Mutation.of(
                "a meal that was committed is cooked again by who took over later",
                Invariant.I3,
                history -> append(history, againByTheNext(early(history))))
            .where((delivery, ordering) -> delivery == Delivery.AT_LEAST_ONCE),
        Mutation.of("a cooked order is given up, too", Invariant.I3, EndMutations::giveUpLast)
            .where((delivery, ordering) -> delivery == Delivery.EXACTLY_ONCE),
        Mutation.of(
            "a cooked order is given up, too, and nothing explains that it was cooked again",
            Invariant.I3,
            history -> {
              history.disruptions.clear();
              giveUpLast(history);
            }),
        Mutation.of(
            "a meal of no order",
            Invariant.I3,
            history -> append(history, named(single(history), 1_000_000, 0))),
        Mutation.of(
            "a meal that names another partition",
            Invariant.I3,
            history -> append(history, named(single(history), EndSeen.ASTRAY, 0))),
        Mutation.of(
            "a meal with another order's id",
            Invariant.I3,
            history -> {
              EndSeen meal = single(history);
              set(history.meals(), meal, named(meal, meal.orderOffset(), 12345));
            }),
        Mutation.of("two meals of a key are swapped", Invariant.I4, EndMutations::swapMeals)
            .where((delivery, ordering) -> ordering != Ordering.NONE),
        Mutation.of("two dead letters are swapped", Invariant.I4, EndMutations::swapLetters)
            .where((delivery, ordering) -> ordering == Ordering.PARTITION),
        Mutation.of("two cooks of a key overlap", Invariant.I5, EndMutations::overlap)
            .where((delivery, ordering) -> ordering != Ordering.NONE));
  }

  /** A meal of partition 0 from the middle whose order has no other end. */
  private static EndSeen single(AlteredHistory history) {
    List<EndSeen> meals = history.meals();
    return meals.stream()
        .skip(meals.size() / 2)
        .filter(meal -> isSingle(history, meal))
        .findFirst()
        .orElseThrow();
  }

  /** A meal of partition 0 whose commit lies long before its worker's death. */
  private static EndSeen early(AlteredHistory history) {
    return history.meals().stream()
        .filter(meal -> isSingle(history, meal))
        .filter(meal -> meal.appendedAt() > SimulatedKitchen.at(LONG_BEFORE - 1_000).toEpochMilli())
        .filter(meal -> meal.appendedAt() < SimulatedKitchen.at(LONG_BEFORE).toEpochMilli())
        .findFirst()
        .orElseThrow();
  }

  private static EndSeen againByTheNext(EndSeen meal) {
    long micros =
        (SimulatedKitchen.at(SimulatedPartition.TAKE_OVER).toEpochMilli() + 100) * 1_000
            - meal.startedAt();
    return new EndSeen(
        meal.offset(),
        meal.orderOffset(),
        SimulatedPartition.SECOND_WORKER,
        meal.dish(),
        meal.identity(),
        meal.appendedAt(),
        meal.startedAt() + micros,
        meal.finishedAt() + micros,
        meal.completion(),
        meal.waiting(),
        meal.cook());
  }

  private static boolean isSingle(AlteredHistory history, EndSeen end) {
    return history.meals().stream().filter(meal -> meal.orderOffset() == end.orderOffset()).count()
        == 1;
  }

  private static void append(AlteredHistory history, EndSeen meal) {
    List<EndSeen> meals = history.meals();
    long offset = meals.get(meals.size() - 1).offset() + 1;
    meals.add(
        new EndSeen(
            offset,
            meal.orderOffset(),
            meal.worker(),
            meal.dish(),
            meal.identity(),
            SimulatedKitchen.at(SimulatedPartition.CLOSING).toEpochMilli(),
            meal.startedAt(),
            meal.finishedAt(),
            meal.completion(),
            meal.waiting(),
            meal.cook()));
  }

  private static void flood(AlteredHistory history) {
    EndSeen meal = single(history);
    for (int i = 0; i < 300; i++) {
      append(history, meal);
    }
  }

  private static void giveUpLast(AlteredHistory history) {
    List<EndSeen> letters = history.deadLetters();
    EndSeen meal =
        history.meals().stream()
            .filter(end -> isSingle(history, end))
            .reduce((a, b) -> a.orderOffset() > b.orderOffset() ? a : b)
            .orElseThrow();
    letters.removeIf(letter -> letter.orderOffset() > meal.orderOffset());
    history.orders().removeIf(order -> order.offset() > meal.orderOffset());
    history.ledger.removeIf(entry -> entry.partition() == 0 && entry.offset() > meal.orderOffset());
    letters.add(
        new EndSeen(
            1_000_000,
            meal.orderOffset(),
            meal.worker(),
            "",
            meal.identity(),
            meal.appendedAt() + 1,
            0,
            0,
            0,
            0,
            0));
    history.monitored = false;
  }

  private static EndSeen named(EndSeen end, long orderOffset, long identity) {
    return new EndSeen(
        end.offset(),
        orderOffset,
        end.worker(),
        end.dish(),
        identity,
        end.appendedAt(),
        end.startedAt(),
        end.finishedAt(),
        end.completion(),
        end.waiting(),
        end.cook());
  }

  private static void set(List<EndSeen> ends, EndSeen old, EndSeen now) {
    ends.set(ends.indexOf(old), now);
  }

  /** Two meals of one key, one after the other, each the only end of its order. */
  private static List<EndSeen> neighbours(AlteredHistory history) {
    Map<Long, EndSeen> last = new HashMap<>();
    for (EndSeen meal : history.meals()) {
      if (isSingle(history, meal)) {
        long key = key(history, meal);
        EndSeen before = last.put(key, meal);
        if (before != null && meal.offset() > 40) {
          return List.of(before, meal);
        }
      }
    }
    throw new AssertionError("no two meals of one key");
  }

  private static long key(AlteredHistory history, EndSeen end) {
    return history.ordering == Ordering.PARTITION
        ? 1
        : history.orders().stream()
            .filter(order -> order.offset() == end.orderOffset())
            .findFirst()
            .orElseThrow()
            .key();
  }

  private static void swapMeals(AlteredHistory history) {
    List<EndSeen> pair = neighbours(history);
    swap(history.meals(), pair.get(0), pair.get(1));
    history.commits.clear();
  }

  private static void swapLetters(AlteredHistory history) {
    List<EndSeen> letters = history.deadLetters();
    EndSeen first = letters.get(0);
    EndSeen second =
        letters.stream()
            .filter(letter -> letter.orderOffset() != first.orderOffset())
            .findFirst()
            .orElseThrow();
    swap(letters, first, second);
    history.commits.clear();
    history.monitored = false; // the two may be of different dishes
  }

  private static void swap(List<EndSeen> ends, EndSeen one, EndSeen two) {
    set(ends, one, named(one, two.orderOffset(), two.identity()));
    set(ends, two, named(two, one.orderOffset(), one.identity()));
  }

  private static void overlap(AlteredHistory history) {
    List<EndSeen> pair = neighbours(history);
    EndSeen second = pair.get(1);
    set(
        history.meals(),
        second,
        new EndSeen(
            second.offset(),
            second.orderOffset(),
            second.worker(),
            second.dish(),
            second.identity(),
            second.appendedAt(),
            pair.get(0).finishedAt() - 1_001,
            second.finishedAt(),
            second.completion(),
            second.waiting(),
            second.cook()));
  }
}
