package dev.brigade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.audit.CommitSample.Committed;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a disruption excuses, and what it does not. */
class ExcusesTest {
  private final AlteredHistory history =
      new AlteredHistory(SimulatedKitchen.history(3, Delivery.AT_LEAST_ONCE, Ordering.KEY));
  private final List<CommitSample> samples = history.samples(0);
  private final int middle = samples.size() / 3;

  private Stream<Invariant> broken() {
    return Checker.check(history.history()).violations().stream().map(Violation::invariant);
  }

  private void setBack(int from, int to) {
    for (int i = from; i < to; i++) {
      Committed commit = AlteredHistory.commit(samples.get(i));
      history.replace(
          samples.get(i),
          0,
          new Committed(
              commit.visibleMeals(),
              commit.visibleDeadLetters(),
              1,
              "",
              commit.meals(),
              commit.deadLetters()));
    }
  }

  private Instant middleTime() {
    return samples.get(middle).at();
  }

  @Test
  void anOldAnswerAfterABrokersFaultIsNoCommitThatWentBack() {
    setBack(middle, middle + 1);
    history.disruptions.add(Disruption.ofBrokers(middleTime().minusSeconds(3), middleTime()));

    assertThat(broken()).isEmpty();
  }

  @Test
  void twoAnswersAreNoOldAnswer() {
    setBack(middle, middle + 2);
    history.disruptions.add(Disruption.ofBrokers(middleTime().minusSeconds(3), middleTime()));

    assertThat(broken()).containsExactly(Invariant.I6);
  }

  @Test
  void whatWorkersSufferExcusesNoCommitThatWentBack() {
    setBack(middle, middle + 1);

    assertThat(broken()).containsExactly(Invariant.I6);
  }

  @Test
  void offsetsThatWereSetBackExcuseThatAllIsCookedAgain() {
    setBack(samples.size() - 5, samples.size());
    List<EndSeen> meals = history.meals();
    List.copyOf(meals).forEach(meal -> meals.add(again(meal)));
    history.disruptions.clear();
    assertThat(broken()).contains(Invariant.I3, Invariant.I6);

    Instant from = samples.get(samples.size() - 6).at().plusMillis(50);
    history.disruptions.addAll(
        SimulatedKitchen.history(3, Delivery.AT_LEAST_ONCE, Ordering.KEY).disruptions());
    history.disruptions.add(Disruption.offsetsReset(from, from.plusSeconds(1)));
    assertThat(broken()).isEmpty();
  }

  private EndSeen again(EndSeen meal) {
    return new EndSeen(
        meal.offset() + 1_000_000,
        meal.orderOffset(),
        meal.worker(),
        meal.dish(),
        meal.identity(),
        meal.appendedAt() + 60_000,
        meal.startedAt() + 60_000_000,
        meal.finishedAt() + 60_000_000,
        meal.completion(),
        meal.waiting(),
        meal.cook());
  }

  @Test
  void brokersThatWereAwayExcuseWhatEndedMeanwhile() {
    history.disruptions.clear();
    assertThat(broken()).containsExactly(Invariant.I3);

    history.disruptions.add(
        Disruption.ofBrokers(
            SimulatedKitchen.at(SimulatedPartition.CRASH - 100),
            SimulatedKitchen.at(SimulatedPartition.CRASH + 100)));
    assertThat(broken()).isEmpty();
  }

  @Test
  void theDeathOfAnotherWorkerExcusesNothing() {
    history.disruptions.clear();
    history.disruptions.add(
        Disruption.ofWorkers(
            SimulatedKitchen.at(SimulatedPartition.CRASH),
            SimulatedKitchen.at(SimulatedPartition.CRASH),
            Set.of("w3")));

    assertThat(broken()).containsExactly(Invariant.I3);
  }
}
