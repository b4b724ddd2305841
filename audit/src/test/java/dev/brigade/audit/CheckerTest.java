package dev.brigade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckerTest {
  private static final int SEEDS = 10;

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsRightPasses(Delivery delivery, Ordering ordering) {
    IntStream.range(0, SEEDS)
        .mapToObj(seed -> SimulatedKitchen.history(seed, delivery, ordering))
        .forEach(history -> assertThat(Checker.check(history).violations()).isEmpty());
  }

  static Stream<Arguments> kinds() {
    return Arrays.stream(Delivery.values())
        .flatMap(
            delivery ->
                Arrays.stream(Ordering.values()).map(order -> Arguments.of(delivery, order)));
  }

  @Test
  void theRightHistoriesAreNotTrivial() {
    for (Delivery delivery : Delivery.values()) {
      List<Findings> findings =
          IntStream.range(0, SEEDS)
              .mapToObj(seed -> SimulatedKitchen.history(seed, delivery, Ordering.KEY))
              .map(Checker::check)
              .toList();
      assertThat(findings).allMatch(found -> found.acked() > 300 && found.dead() > 5);
      assertThat(findings).allMatch(found -> found.unknown() > 0 && found.commitSamples() > 100);
      assertThat(findings.stream().mapToLong(Findings::duplicates).sum() > 0)
          .isEqualTo(delivery == Delivery.AT_LEAST_ONCE);
    }
    assertThat(SimulatedKitchen.history(1, Delivery.EXACTLY_ONCE, Ordering.KEY).commits())
        .anyMatch(
            sample ->
                sample.partitions().values().stream().anyMatch(at -> !at.metadata().isEmpty()));
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void everyMutationBreaksWhatItShould(Mutation mutation) {
    kinds()
        .forEach(
            kind -> {
              Delivery delivery = (Delivery) kind.get()[0];
              Ordering ordering = (Ordering) kind.get()[1];
              if (mutation.applies().test(delivery, ordering)) {
                IntStream.range(0, 3).forEach(seed -> check(mutation, seed, delivery, ordering));
              }
            });
  }

  private static void check(Mutation mutation, int seed, Delivery delivery, Ordering ordering) {
    AlteredHistory altered = new AlteredHistory(SimulatedKitchen.history(seed, delivery, ordering));
    mutation.change().accept(altered);
    List<Violation> violations = Checker.check(altered.history()).violations();
    assertThat(violations.stream().map(Violation::invariant).collect(Collectors.toSet()))
        .as("%s, seed %d, %s, %s: %s", mutation, seed, delivery, ordering, violations)
        .isEqualTo(mutation.broken());
    assertThat(violations)
        .allMatch(violation -> violation.count() > 0 && !violation.examples().isEmpty())
        .allMatch(violation -> violation.examples().size() <= Tally.MOST_EXAMPLES);
  }

  static Stream<Mutation> mutations() {
    return Stream.of(
            LedgerMutations.all(), EndMutations.all(), CommitMutations.all(), OtherMutations.all())
        .flatMap(all -> all);
  }

  @Test
  void everyInvariantHasAMutationThatBreaksItAlone() {
    Set<Set<Invariant>> broken = mutations().map(Mutation::broken).collect(Collectors.toSet());
    assertThat(Invariant.values()).allMatch(invariant -> broken.contains(Set.of(invariant)));
  }
}
