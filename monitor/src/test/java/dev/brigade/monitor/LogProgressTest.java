package dev.brigade.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LogProgressTest {
  private static final TopicPartition MEALS = new TopicPartition("kitchen.meals", 3);

  private final LogProgress progress = new LogProgress();

  @Test
  void nothingIsKnownBeforeTheEndAndThePositionAreKnown() {
    assertThat(progress.processedUntil(MEALS, 4)).isEqualTo(ReadProgress.UNKNOWN);
    progress.ended(MEALS, 5, 1_000);
    assertThat(progress.processedUntil(MEALS, 4)).isEqualTo(ReadProgress.UNKNOWN);
  }

  @Test
  void aPartitionReadToItsEndWasReadUpToWhenThatEndWasAskedFor() {
    // When
    progress.ended(MEALS, 5, 1_000);
    progress.polled(MEALS, 4);
    progress.positioned(MEALS, 5);

    // Then
    assertThat(progress.processedUntil(MEALS, 4)).isEqualTo(1_000);
  }

  @Test
  void whatWasPolledButNotProcessedIsNotRead() {
    // When
    progress.ended(MEALS, 5, 1_000);
    progress.polled(MEALS, 4);
    progress.positioned(MEALS, 5);

    // Then
    assertThat(progress.processedUntil(MEALS, 3)).isEqualTo(ReadProgress.UNKNOWN);
    assertThat(progress.processedUntil(MEALS, 4)).isEqualTo(1_000);
  }

  @Test
  void transactionMarkersAfterTheLastRecordHoldNothingUp() {
    // When
    progress.ended(MEALS, 7, 1_000);
    progress.polled(MEALS, 4);
    progress.positioned(MEALS, 7);

    // Then
    assertThat(progress.processedUntil(MEALS, 4)).isEqualTo(1_000);
  }

  @Test
  void aPartitionOfMarkersOnlyIsReadWithoutAnyRecord() {
    // When
    progress.ended(MEALS, 2, 1_000);
    progress.positioned(MEALS, 2);

    // Then
    assertThat(progress.processedUntil(MEALS, -1)).isEqualTo(1_000);
  }

  @Test
  void anOpenTransactionBeforeTheEndHoldsTimeUpUntilItIsDecided() {
    // Given: records up to 9, of which those from 5 on are in an open transaction
    progress.ended(MEALS, 10, 1_000);
    progress.polled(MEALS, 4);
    progress.positioned(MEALS, 5);
    assertThat(progress.processedUntil(MEALS, 4)).isEqualTo(ReadProgress.UNKNOWN);

    // When: later ends do not replace the one that is waited for
    progress.ended(MEALS, 20, 2_000);
    progress.positioned(MEALS, 11);

    // Then
    assertThat(progress.processedUntil(MEALS, 4)).isEqualTo(1_000);
    assertThat(progress.processedUntil(MEALS, 4)).isEqualTo(ReadProgress.UNKNOWN);
  }

  @Test
  void aNewTaskHasToReadItselfBeforeAnythingIsClaimed() {
    // Given
    progress.ended(MEALS, 5, 1_000);
    progress.polled(MEALS, 4);
    progress.positioned(MEALS, 5);

    // When: the task starts again from an earlier commit
    progress.started(MEALS);

    // Then
    assertThat(progress.processedUntil(MEALS, -1)).isEqualTo(ReadProgress.UNKNOWN);
    progress.positioned(MEALS, 2);
    assertThat(progress.processedUntil(MEALS, -1)).isEqualTo(ReadProgress.UNKNOWN);
    progress.polled(MEALS, 4);
    progress.positioned(MEALS, 5);
    assertThat(progress.processedUntil(MEALS, 4)).isEqualTo(1_000);
  }
}
