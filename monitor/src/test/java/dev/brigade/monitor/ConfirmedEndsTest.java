package dev.brigade.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConfirmedEndsTest {
  private static final TopicPartition MEALS = new TopicPartition("kitchen.meals", 3);
  private static final long FAR = 1_000;

  private final LogProgress progress = new LogProgress();
  private final ConfirmedEnds ends = new ConfirmedEnds(progress);

  @Test
  void anEndCountsAfterSixMoreViewsWithTheSameLeaderAsOfWhenItWasAsked() {
    progress.positioned(MEALS, FAR);
    for (int view = 0; view < ConfirmedEnds.VIEWS; view++) {
      ends.told(MEALS, 1, 10 + view, 100 + view);
      assertThat(progress.processedUntil(MEALS, FAR)).isEqualTo(ReadProgress.UNKNOWN);
    }
    ends.told(MEALS, 1, 50, 500);
    assertThat(progress.processedUntil(MEALS, FAR)).isEqualTo(100);
    ends.told(MEALS, 1, 60, 600);
    assertThat(progress.processedUntil(MEALS, FAR)).isEqualTo(101);
  }

  @Test
  void whatALeaderToldThatHasASuccessorNeverCounts() {
    progress.positioned(MEALS, 10);
    // Given an end that a leader told which was cut off, and went on telling
    for (int view = 0; view < ConfirmedEnds.VIEWS; view++) {
      ends.told(MEALS, 1, 10, 100 + view);
    }
    // When one view knows the successor, whose log goes on
    for (int view = 0; view <= ConfirmedEnds.VIEWS; view++) {
      ends.told(MEALS, 2, 20, 200 + view);
    }
    // Then the reading was not at the end, and is when it comes there
    assertThat(progress.processedUntil(MEALS, 9)).isEqualTo(ReadProgress.UNKNOWN);
    progress.positioned(MEALS, 20);
    assertThat(progress.processedUntil(MEALS, 19)).isEqualTo(200);
  }

  @Test
  void partitionsAreConfirmedByThemselves() {
    TopicPartition other = new TopicPartition("kitchen.meals", 4);
    progress.positioned(MEALS, FAR);
    for (int view = 0; view <= ConfirmedEnds.VIEWS; view++) {
      ends.told(MEALS, 1, 10, 100 + view);
      ends.told(other, 1 + view % 2, 10, 100 + view);
    }
    progress.positioned(other, FAR);
    assertThat(progress.processedUntil(MEALS, FAR)).isEqualTo(100);
    assertThat(progress.processedUntil(other, FAR)).isEqualTo(ReadProgress.UNKNOWN);
  }
}
