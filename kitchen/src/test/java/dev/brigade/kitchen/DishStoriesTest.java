package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.Activity;
import dev.brigade.orders.Meal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DishStoriesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final List<String> told = new ArrayList<>();
  private final DishStories stories = new DishStories(told::add);

  @Test
  void aDishThatFailedIsToldWhenItIsCooked() {
    // Given
    stories.activity(failed(Activity.Type.CHEF_FAILED, 1, 2, null));
    stories.activity(failed(Activity.Type.RETRYING, 1, 2, 87L));
    stories.activity(failed(Activity.Type.CHEF_FAILED, 2, 0, null));
    assertThat(told).isEmpty();

    // When
    stories.meal(meal(3, 1));

    // Then
    assertThat(told)
        .containsExactly(
            "dish-7 failed with chef 2, chef 0; chef 1 of worker-1 cooked it at try 3");
  }

  @Test
  void aDishThatSucceededAtOnceIsNoStory() {
    // When
    stories.meal(meal(1, 1));
    stories.end();

    // Then
    assertThat(told).isEmpty();
  }

  @Test
  void aMealThatIsReadBeforeTheFailuresWaitsForThem() {
    // Given
    stories.meal(meal(2, 3));
    assertThat(told).isEmpty();

    // When
    stories.activity(failed(Activity.Type.CHEF_FAILED, 1, 2, null));

    // Then
    assertThat(told)
        .containsExactly("dish-7 failed with chef 2; chef 3 of worker-1 cooked it at try 2");
  }

  @Test
  void whatWasNeverHeardOfIsToldAsUnknownAtTheEnd() {
    // Given
    stories.activity(failed(Activity.Type.CHEF_FAILED, 2, 0, null));
    stories.meal(meal(3, 1));

    // When
    stories.end();

    // Then
    assertThat(told)
        .containsExactly(
            "dish-7 failed with chef ?, chef 0; chef 1 of worker-1 cooked it at try 3");
    assertThat(stories.toAnotherChef()).isEqualTo(1);
  }

  @Test
  void triesByAnotherChefAndByTheSameOneAreCounted() {
    // Given
    stories.activity(failed(Activity.Type.CHEF_FAILED, 1, 2, null));
    stories.activity(failed(Activity.Type.CHEF_FAILED, 2, 2, null));
    stories.activity(failed(Activity.Type.CHEF_FAILED, 3, 0, null));

    // When
    stories.meal(meal(4, 1));

    // Then
    assertThat(stories.toAnotherChef()).isEqualTo(2);
    assertThat(stories.toTheSameChef()).isEqualTo(1);
  }

  @Test
  void aLongWaitIsToldAtOnce() {
    // When
    stories.activity(failed(Activity.Type.RETRYING, 8, 2, 9_400L));

    // Then
    assertThat(told).containsExactly("dish-7 has failed 8 times by now: next try in 9.4 s");
  }

  private static Activity failed(
      Activity.Type type, int attempt, int chef, @Nullable Long retryMillis) {
    Activity.FailedOrder order =
        new Activity.FailedOrder("dish-7", "souffle", 5, 7, chef, attempt, "burnt", retryMillis);
    return new Activity("worker-1", "localhost", 1, NOON, type, null, order, null, null);
  }

  private static Meal meal(int attempts, int chef) {
    return new Meal(
        "dish-7",
        "souffle",
        "t-1",
        "worker-1",
        chef,
        5,
        7,
        attempts,
        NOON,
        NOON,
        NOON,
        0,
        null,
        NullNode.getInstance());
  }
}
