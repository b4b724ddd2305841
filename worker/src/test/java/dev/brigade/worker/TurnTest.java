package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TurnTest {
  private final Turn turn = new Turn(0, new ReentrantLock().newCondition());
  private final Pace pace = new Pace(1);
  private final Assignment assignment = new Assignment(new TopicPartition("orders", 0));
  private long offset;

  @Test
  void ordersAreBegunInTheOrderTheyWereTaken() {
    OpenOrder first = added();
    OpenOrder second = added();
    assertThat(turn.next()).isSameAs(first);
    assertThat(turn.next()).isSameAs(second);
    assertThat(turn.next()).isNull();
  }

  @Test
  void whatIsNotBegunIsTakenAwayOnce() {
    OpenOrder begun = added();
    List<OpenOrder> rest = List.of(added(), added());
    assertThat(turn.next()).isSameAs(begun);
    assertThat(turn.takeRest()).isEqualTo(rest);
    assertThat(turn.next()).isNull();
    assertThat(turn.takeRest()).isEmpty();
  }

  @Test
  void eachTurnHasRoomForTheLongestAndNothingOfTheLast() {
    for (int round = 0; round < 3; round++) {
      OpenOrder first = added();
      for (int i = 1; i < Pace.LONGEST_TURN; i++) {
        added();
      }
      assertThat(turn.next()).isSameAs(first);
      turn.finish(pace);
      assertThat(turn.next()).isNull();
      assertThat(turn.takeRest()).isEmpty();
    }
  }

  @Test
  void whatEndedIsToldTheChefOnce() {
    for (int round = 0; round < 3; round++) {
      OpenOrder order = order();
      turn.ended(order);
      List<OpenOrder> ended = turn.takeEnded();
      assertThat(ended).containsExactly(order);
      ended.clear();
    }
    assertThat(turn.takeEnded()).isEmpty();
  }

  @Test
  void whatEndedIsToldEitherTheChefOrAnotherThread() {
    OpenOrder first = order();
    turn.ended(first);
    List<OpenOrder> away = turn.takeEndedAway();
    OpenOrder second = order();
    turn.ended(second);
    assertThat(away).containsExactly(first);
    assertThat(turn.takeEnded()).containsExactly(second);
    assertThat(turn.takeEndedAway()).isEmpty();
  }

  @Test
  void thePaceIsToldOnceWhatTheOrdersTook() {
    cooked(256, 9_999);
    turn.finish(pace);
    assertThat(isQuick()).isTrue();
    turn.finish(pace);
    assertThat(isQuick()).as("nothing was cooked").isTrue();
    cooked(256, 20_000);
    turn.finish(pace);
    assertThat(isQuick()).isFalse();
  }

  @Test
  void oneOrderThatTakesVeryLongCountsAsSlowAndNoMore() {
    cooked(256, 0);
    turn.finish(pace);
    cooked(5, TimeUnit.HOURS.toNanos(1));
    turn.finish(pace);
    assertThat(isQuick()).isTrue();
    cooked(1, TimeUnit.HOURS.toNanos(1));
    turn.finish(pace);
    assertThat(isQuick()).isFalse();
  }

  private boolean isQuick() {
    return pace.turn(1_000) > 1;
  }

  private void cooked(int orders, long nanosEach) {
    for (int i = 0; i < orders; i++) {
      turn.cooked(nanosEach);
    }
  }

  private OpenOrder added() {
    OpenOrder order = order();
    turn.add(order);
    return order;
  }

  private OpenOrder order() {
    return TestOrders.open(assignment, offset++, "a", Ordering.KEY);
  }
}
