package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final int PROCESSORS = 2;

  private final Pace pace = new Pace(PROCESSORS);

  @Test
  void beforeAnythingIsKnownEveryChefTakesOneOrder() {
    assertThat(pace.turn(1_000)).isEqualTo(1);
    assertThat(pace.workers(100)).isEqualTo(100);
  }

  @Test
  void isQuickBelowTenMicrosecondsAndStaysSoBelowTwenty() {
    averageBecomes(10_000);
    assertThat(isQuick()).isFalse();
    averageBecomes(9_999);
    assertThat(isQuick()).isTrue();
    averageBecomes(19_999);
    assertThat(isQuick()).isTrue();
    averageBecomes(20_000);
    assertThat(isQuick()).isFalse();
    averageBecomes(10_000);
    assertThat(isQuick()).isFalse();
  }

  @Test
  void becomesQuickByAThousandOrdersAndSlowByThree() {
    // Each costs nothing and takes a 256th off 1 ms: ln(1/100) / ln(255/256) = 1,176.6 of them.
    for (int i = 0; i < 1_176; i++) {
      pace.cooked(1, 0);
    }
    assertThat(isQuick()).isFalse();
    pace.cooked(1, 0);
    assertThat(isQuick()).isTrue();
    // Each takes 1 ms and adds 3.8 to 3.9 µs.
    pace.cooked(1, Pace.SLOW_NANOS);
    pace.cooked(1, Pace.SLOW_NANOS);
    assertThat(isQuick()).isTrue();
    pace.cooked(1, Pace.SLOW_NANOS);
    assertThat(isQuick()).isFalse();
  }

  @Test
  void ordersToldTogetherWeighAsMuchAsTheyAre() {
    // Each time a quarter goes: ln(1/100) / ln(3/4) = 16.008 times.
    for (int i = 0; i < 16; i++) {
      pace.cooked(64, 0);
    }
    assertThat(isQuick()).isFalse();
    pace.cooked(64, 0);
    assertThat(isQuick()).isTrue();
  }

  @Test
  void whenQuickAChefTakesItsShareOfWhatIsReady() {
    averageBecomes(0);
    assertThat(pace.turn(0)).isEqualTo(1);
    assertThat(pace.turn(1)).isEqualTo(1);
    assertThat(pace.turn(4)).isEqualTo(2);
    assertThat(pace.turn(127)).isEqualTo(63);
    assertThat(pace.turn(1_000)).isEqualTo(Pace.LONGEST_TURN);
  }

  @Test
  void whenQuickOneChefWorksForEachProcessorAndForEachWhoIsStuck() {
    averageBecomes(0);
    assertThat(pace.workers(100)).isEqualTo(PROCESSORS);
    assertThat(pace.workers(1)).isEqualTo(1);
    pace.stuck(3);
    assertThat(pace.workers(100)).isEqualTo(PROCESSORS + 3);
    assertThat(pace.workers(4)).isEqualTo(4);
    pace.stuck(0);
    assertThat(pace.workers(100)).isEqualTo(PROCESSORS);
  }

  private boolean isQuick() {
    return pace.turn(1_000) > 1;
  }

  /** So many orders weigh as much as everything before them can: nothing of it is left. */
  private void averageBecomes(long nanos) {
    pace.cooked(256, 256 * nanos);
  }
}
