package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final long MILLI = 1_000_000;

  private final Gathering gathering = new Gathering(0);
  private long nanos;

  @Test
  void oneResultIsFollowedByNoRest() {
    assertThat(rest(1, MILLI)).isZero();
    assertThat(rest(0, MILLI)).isZero();
  }

  @Test
  void fewResultsPerSecondAreHardlyWaitedFor() {
    for (int round = 0; round < 100; round++) {
      assertThat(rest(2, MILLI)).isEqualTo(Gathering.SHORTEST_NANOS);
    }
  }

  @Test
  void aBurstAmongFewIsNoRush() {
    for (int round = 0; round < 100; round++) {
      rest(2, 3 * MILLI);
      assertThat(rest(2, MILLI / 50)).isEqualTo(Gathering.SHORTEST_NANOS);
    }
  }

  @Test
  void theMoreResultsPerSecondTheLongerTheRest() {
    for (int round = 0; round < 100; round++) {
      rest(20, MILLI);
    }
    assertThat(rest(20, MILLI)).isEqualTo(Gathering.LONGEST_NANOS / 2);
    for (int round = 0; round < 100; round++) {
      rest(400, MILLI);
    }
    assertThat(rest(400, MILLI)).isEqualTo(Gathering.LONGEST_NANOS);
    for (int round = 0; round < 100; round++) {
      rest(2, MILLI);
    }
    assertThat(rest(2, MILLI)).as("when the rush is over").isEqualTo(Gathering.SHORTEST_NANOS);
  }

  @Test
  void whatCameIsCountedOverTenMillisecondsAndThenAnew() {
    Gathering late = new Gathering(1_000 * MILLI);
    assertThat(late.restAfter(399, 1_009 * MILLI)).isEqualTo(Gathering.SHORTEST_NANOS);
    assertThat(late.restAfter(1, 1_010 * MILLI)).as("one result").isZero();
    assertThat(late.restAfter(2, 1_011 * MILLI)).isEqualTo(Gathering.LONGEST_NANOS);
    assertThat(late.restAfter(98, 1_020 * MILLI)).isEqualTo(Gathering.LONGEST_NANOS / 4);
  }

  private long rest(int sent, long elapsed) {
    nanos += elapsed;
    return gathering.restAfter(sent, nanos);
  }
}
