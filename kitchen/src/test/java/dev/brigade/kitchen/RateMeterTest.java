package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {
  private static final long NOON = 1_764_000_000_000L;

  private final RateMeter meter = new RateMeter();

  @Test
  void aSteadyRateIsTold() {
    // Given
    for (long at = NOON; at < NOON + 5_000; at += 10) {
      meter.add(at);
    }

    // When
    double rate = meter.perSecond(NOON + 5_000);

    // Then
    assertThat(rate).isEqualTo(100);
  }

  @Test
  void twoSecondsAfterTheLastEventTheRateIsZero() {
    // Given
    for (long at = NOON; at < NOON + 5_000; at += 10) {
      meter.add(at);
    }

    // When
    double rate = meter.perSecond(NOON + 7_000);

    // Then
    assertThat(rate).isZero();
  }

  @Test
  void theStepThatHasJustBegunSaysNothing() {
    // Given
    meter.add(NOON);

    // When / Then
    assertThat(meter.perSecond(NOON + 100)).isZero();
    assertThat(meter.perSecond(NOON + 250)).isEqualTo(0.5);
  }

  @Test
  void anEventThatComesLateCountsWhereItBelongs() {
    // Given
    meter.add(NOON + 2_000);
    meter.add(NOON + 1_000);
    meter.add(NOON - 10_000);

    // When / Then
    assertThat(meter.perSecond(NOON + 2_250)).isEqualTo(1);
    assertThat(meter.perSecond(NOON + 3_250)).isEqualTo(0.5);
  }
}
