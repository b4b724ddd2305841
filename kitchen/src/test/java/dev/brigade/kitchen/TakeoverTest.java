package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakeoverTest {
  private static final Instant KILLED = Instant.parse("2026-11-20T16:00:00Z");

  private final Takeover takeover = new Takeover("worker-2", KILLED, List.of(4, 5, 6));

  @Test
  void itIsCompleteWhenEveryPartitionHasANewHolderAndOneOfThemIsCooked() {
    // Given
    takeover.assigned("worker-1", 4);
    takeover.assigned("worker-3", 5);
    takeover.meal("worker-1", 4, KILLED.plusMillis(6_400));
    assertThat(takeover.isComplete()).isFalse();

    // When
    takeover.assigned("worker-1", 6);

    // Then
    assertThat(takeover.isComplete()).isTrue();
    assertThat(takeover.untilFirstMeal()).isEqualTo(Duration.ofMillis(6_400));
    assertThat(takeover.newHolders()).isEqualTo("4, 6 to worker-1; 5 to worker-3");
  }

  @Test
  void mealsOfTheVictimAndOfOtherPartitionsAreNoTakeover() {
    // Given
    takeover.meal("worker-2", 4, KILLED.plusMillis(3));
    takeover.meal("worker-1", 0, KILLED.plusMillis(20));
    takeover.meal("worker-1", 5, KILLED.minusMillis(20));

    // When / Then
    assertThat(takeover.untilFirstMeal()).isNull();
  }

  @Test
  void onlyTheFirstMealAndTheFirstNewHolderCount() {
    // Given
    takeover.assigned("worker-1", 4);
    takeover.meal("worker-1", 4, KILLED.plusMillis(6_000));

    // When
    takeover.assigned("worker-4", 4);
    takeover.meal("worker-4", 4, KILLED.plusMillis(9_000));

    // Then
    assertThat(takeover.newHolders()).isEqualTo("4 to worker-1");
    assertThat(takeover.untilFirstMeal()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void aVictimWithoutPartitionsLeavesNothingToTakeOver() {
    assertThat(new Takeover("worker-2", KILLED, List.of()).isComplete()).isTrue();
  }
}
