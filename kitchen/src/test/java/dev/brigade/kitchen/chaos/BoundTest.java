package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BoundTest {
  private static final long INJECTED = 10_000;
  private static final long HEALED = 20_000;

  @Test
  void progressCountsFromTheInjectionToTheLastPartition() {
    Bound.Seen seen = seen(after(3_000), List.of());

    assertThat(Bound.progressWithin(Duration.ofSeconds(3)).kept().test(seen)).isTrue();
    assertThat(Bound.progressWithin(Duration.ofMillis(2_999)).kept().test(seen)).isFalse();
  }

  @Test
  void progressThatNeverCameIsTooLate() {
    Recovery never = new Recovery(0, Set.of(), Set.of(1), 0, false);

    assertThat(Bound.progressWithin(Duration.ofDays(1)).kept().test(seen(never, List.of())))
        .isFalse();
  }

  @Test
  void ofSeveralFaultsTheMedianCountsButEachMustBeOver() {
    Bound bound = Bound.progressWithin(Duration.ofSeconds(3));

    assertThat(bound.kept().test(several(after(1_000), after(9_000), after(3_000)))).isTrue();
    assertThat(bound.kept().test(several(after(1_000), after(9_000), after(3_001)))).isFalse();
    Recovery never = new Recovery(0, Set.of(), Set.of(1), 0, false);
    assertThat(bound.kept().test(several(after(1), after(1), never))).isFalse();
    assertThat(bound.kept().test(several())).isFalse();
  }

  private static Bound.Seen several(Recovery... recoveries) {
    return new Bound.Seen(
        Stream.of(recoveries)
            .flatMap(recovery -> seen(recovery, List.of()).faults().stream())
            .toList(),
        List.of(),
        0,
        0,
        0,
        0);
  }

  @Test
  void progressAfterHealingCountsFromTheHealing() {
    Bound.Seen seen = seen(after(HEALED - INJECTED + 4_000), List.of());

    assertThat(Bound.progressAfterHealing(Duration.ofSeconds(4)).kept().test(seen)).isTrue();
    assertThat(Bound.progressAfterHealing(Duration.ofSeconds(3)).kept().test(seen)).isFalse();
  }

  @Test
  void theRateDuringAFaultIsHeldAgainstTheOneBefore() {
    List<Timeline.Second> seconds =
        IntStream.range(0, 30)
            .mapToObj(second -> new Timeline.Second(second, 100, second < 10 ? 100 : 30, 0))
            .toList();

    assertThat(Bound.rateOf(0.3).kept().test(seen(after(1), seconds))).isTrue();
    assertThat(Bound.rateOf(0.31).kept().test(seen(after(1), seconds))).isFalse();
  }

  @Test
  void aStandstillCountsWhileOrdersWait() {
    List<Timeline.Second> seconds =
        List.of(
            new Timeline.Second(0, 5, 0, 5),
            new Timeline.Second(1, 5, 0, 10),
            new Timeline.Second(2, 0, 10, 0),
            new Timeline.Second(3, 0, 0, 0));

    assertThat(Bound.progressEvery(Duration.ofSeconds(2)).kept().test(seen(after(1), seconds)))
        .isTrue();
    assertThat(Bound.progressEvery(Duration.ofSeconds(1)).kept().test(seen(after(1), seconds)))
        .isFalse();
  }

  @Test
  void countsMustBeNought() {
    Bound.Seen some = new Bound.Seen(List.of(), List.of(), 1, 1, 1, 0);
    Bound.Seen none = new Bound.Seen(List.of(), List.of(), 0, 0, 0, 0);

    for (Bound bound : List.of(Bound.noRebalance(), Bound.noDuplicates(), Bound.noDeadLetters())) {
      assertThat(bound.kept().test(some)).isFalse();
      assertThat(bound.kept().test(none)).isTrue();
    }
  }

  @Test
  void soManyOrdersMayBeCookedTwiceAndNoMore() {
    Bound.Seen seen = new Bound.Seen(List.of(), List.of(), 0, 1_500, 0, 0);

    assertThat(Bound.duplicates(1_500).kept().test(seen)).isTrue();
    assertThat(Bound.duplicates(1_499).kept().test(seen)).isFalse();
    assertThat(Bound.duplicates(1_499).measure().of(seen)).isEqualTo("1,500 orders cooked twice");
  }

  @Test
  void ofTwoHarmfulOrdersTwoAreGivenUpAndNoMore() {
    Bound bound = Bound.deadLetterEach();

    assertThat(bound.kept().test(twoFaults(1, 0))).isFalse();
    assertThat(bound.kept().test(twoFaults(2, 0))).isTrue();
    assertThat(bound.kept().test(twoFaults(3, 0))).isFalse();
  }

  @Test
  void eachHarmfulOrderMayEndAFewWorkers() {
    assertThat(Bound.deathsEach(3).kept().test(twoFaults(2, 6))).isTrue();
    assertThat(Bound.deathsEach(3).kept().test(twoFaults(2, 7))).isFalse();
    assertThat(Bound.deathsEach(3).kept().test(twoFaults(2, 0))).isFalse();
  }

  private static Bound.Seen twoFaults(long dead, int restarts) {
    FaultRecord fault = seen(after(1), List.of()).faults().get(0);
    return new Bound.Seen(List.of(fault, fault), List.of(), 0, 0, dead, restarts);
  }

  private static Recovery after(long millis) {
    Recovery recovery = new Recovery(0, Set.of(), Set.of(1), 0, false);
    recovery.ended(1, 0, "worker-1", millis);
    return recovery;
  }

  private static Bound.Seen seen(Recovery recovery, List<Timeline.Second> seconds) {
    PlannedFault planned = new PlannedFault(1, FaultKind.WORKER_KILL, INJECTED, HEALED - INJECTED);
    FaultRecord fault =
        new FaultRecord(
            planned, "worker-1", Set.of("worker-1"), INJECTED, HEALED, "it ended", null, recovery);
    return new Bound.Seen(List.of(fault), seconds, 0, 0, 0, 0);
  }
}
