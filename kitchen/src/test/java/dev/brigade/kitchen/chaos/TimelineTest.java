package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final Timeline timeline = new Timeline(10_000);
  private final List<Timeline.Second> seconds = new ArrayList<>();

  @Test
  void countsPerSecondAndAddsUpTheBacklog() {
    timeline.ordered(10_000);
    timeline.ordered(10_999);
    timeline.ended(11_000);
    timeline.ended(12_500);

    assertThat(timeline.seconds())
        .containsExactly(
            new Timeline.Second(0, 2, 0, 2),
            new Timeline.Second(1, 0, 1, 1),
            new Timeline.Second(2, 0, 1, 0));
  }

  @Test
  void aStandstillIsTimeWithoutEndsWhileOrdersWait() {
    timeline.ordered(10_000);
    timeline.ended(14_000);
    timeline.ordered(30_000);
    timeline.ended(30_100);

    assertThat(Timeline.longestStandstill(timeline.seconds())).isEqualTo(4);
  }

  @Test
  void ordersUsuallyWaitAsLongAsTheBacklogOfTheLastSecondsBeforeTheFirstFault() {
    for (int second = 0; second < 30; second++) {
      int backlog = second < 5 ? 900 : second < 20 ? 200 + second : 5_000;
      seconds.add(new Timeline.Second(second, 500, 500, backlog));
    }
    assertThat(Timeline.usualWait(seconds, 20_000, 500)).isEqualTo(215 / 500.0);
    assertThat(Timeline.usualWait(seconds, 4_999, 500)).isEqualTo(900 / 500.0);
    assertThat(Timeline.usualWait(seconds, 999, 500)).isZero();
    assertThat(Timeline.usualWait(seconds, Long.MAX_VALUE, 500)).isEqualTo(10);
  }

  @Test
  void theBacklogIsWithinALimitFromATenthOfASecondOn() {
    for (int order = 0; order < 10; order++) {
      timeline.ordered(11_000);
      timeline.ended(12_000 + 100 * order);
    }

    assertThat(timeline.backlogWithin(3, 11_500)).isEqualTo(12_600);
    assertThat(timeline.backlogWithin(3, 12_650)).isEqualTo(12_650);
    assertThat(timeline.backlogWithin(10, 11_500)).isEqualTo(11_500);
    assertThat(timeline.backlogWithin(-1, 11_500)).isNull();
  }

  @Test
  void growsWithTheSoak() {
    timeline.ordered(10_000 + 5_000_000L);

    assertThat(timeline.seconds()).hasSize(5_001);
  }
}
