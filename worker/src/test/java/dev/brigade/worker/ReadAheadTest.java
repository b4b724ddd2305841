package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private int ready;

  @Test
  void isEnoughFromTheLimitUntilHalfOfItIsCooked() {
    ReadAhead few = new ReadAhead(16, () -> ready);
    ready = 1_999;
    assertThat(few.isEnough()).isFalse();
    ready = 2_000;
    assertThat(few.isEnough()).isTrue();
    ready = 1_000;
    assertThat(few.isEnough()).isTrue();
    ready = 999;
    assertThat(few.isEnough()).isFalse();
    ready = 1_999;
    assertThat(few.isEnough()).isFalse();
  }

  @Test
  void leavesMoreOrdersReadyThanThereAreChefs() {
    ReadAhead many = new ReadAhead(5_000, () -> ready);
    ready = 9_999;
    assertThat(many.isEnough()).isFalse();
    ready = 10_000;
    assertThat(many.isEnough()).isTrue();
    ready = 4_999;
    assertThat(many.isEnough()).as("a chef could find nothing").isFalse();
  }
}
