package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  @Test
  void theSeedAloneDecides() {
    List<FaultKind> kinds = Profile.FULL.kinds();

    assertThat(Schedule.of(7, kinds, TEN_MINUTES)).isEqualTo(Schedule.of(7, kinds, TEN_MINUTES));
    assertThat(Schedule.of(7, kinds, TEN_MINUTES)).isNotEqualTo(Schedule.of(8, kinds, TEN_MINUTES));
  }

  @Test
  void aFaultComesEvery5To15Seconds() {
    List<PlannedFault> faults = Schedule.of(1, Profile.FULL.kinds(), TEN_MINUTES).faults();

    assertThat(faults).hasSizeGreaterThan(40);
    for (int i = 1; i < faults.size(); i++) {
      assertThat(faults.get(i).atMillis() - faults.get(i - 1).atMillis())
          .isBetween(5_000L, 15_000L);
      assertThat(faults.get(i).number()).isEqualTo(i + 1);
    }
  }

  @Test
  void everyKindComesBeforeAnyComesAgain() {
    List<FaultKind> kinds = Profile.FULL.kinds();
    List<PlannedFault> faults = Schedule.of(3, kinds, Duration.ofMinutes(30)).faults();
    Set<FaultKind> seen = new HashSet<>();

    faults.stream().limit(kinds.size()).forEach(fault -> seen.add(fault.kind()));

    assertThat(seen).containsExactlyInAnyOrderElementsOf(kinds);
  }

  @Test
  void eachLastsAsLongAsItsKindMayAndEndsInTime() {
    for (PlannedFault fault : Schedule.of(5, Profile.FULL.kinds(), TEN_MINUTES).faults()) {
      assertThat(fault.holdMillis())
          .isBetween(fault.kind().shortest().toMillis(), fault.kind().longest().toMillis());
      assertThat(fault.atMillis() + fault.holdMillis()).isLessThanOrEqualTo(TEN_MINUTES.toMillis());
    }
  }

  @Test
  void aSmokeHasEachOfItsKindsInTwoMinutesWithMostSeeds() {
    List<FaultKind> kinds = Profile.SMOKE.kinds();

    assertThat(Schedule.of(1, kinds, Duration.ofMinutes(2)).faults())
        .extracting(PlannedFault::kind)
        .containsAll(kinds);
  }
}
