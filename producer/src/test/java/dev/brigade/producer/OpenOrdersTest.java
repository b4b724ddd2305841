package dev.brigade.producer;

import static dev.brigade.producer.OpenOrders.Verdict.AGAIN;
import static dev.brigade.producer.OpenOrders.Verdict.FIRST;
import static dev.brigade.producer.OpenOrders.Verdict.FOREIGN;
import static dev.brigade.producer.OpenOrders.Verdict.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenOrdersTest {
  private final OpenOrders open = new OpenOrders(2);

  @Test
  void everythingHasEndedOnceEachOrderIsCookedOrDead() {
    // Given
    open.acknowledged(0, 10);
    open.acknowledged(0, 11);
    open.acknowledged(1, 10);
    open.seal();

    // When / Then
    assertThat(open.end(cooked(0, 11))).isEqualTo(FIRST);
    assertThat(open.end(dead(1, 10))).isEqualTo(FIRST);
    assertThat(open.open()).isEqualTo(1);
    assertThat(open.allEnded()).isNotDone();
    assertThat(open.end(cooked(0, 10))).isEqualTo(FIRST);
    assertThat(open.allEnded()).isCompleted();
    assertThat(open.cooked()).isEqualTo(2);
    assertThat(open.dead()).isEqualTo(1);
    assertThat(open.cookedTwice()).isZero();
    assertThat(open.conflicting()).isZero();
  }

  @Test
  void nothingHasEndedWhileAcknowledgementsMayFollow() {
    open.acknowledged(0, 10);
    open.end(cooked(0, 10));
    assertThat(open.allEnded()).isNotDone();

    open.seal();

    assertThat(open.allEnded()).isCompleted();
  }

  @Test
  void aRunWithoutOrdersHasEndedAtOnce() {
    open.seal();

    assertThat(open.allEnded()).isCompleted();
  }

  @Test
  void anOrderCookedTwiceIsCountedAndEndsOnlyItself() {
    open.acknowledged(0, 10);
    open.acknowledged(0, 11);
    open.seal();

    assertThat(open.end(cooked(0, 10))).isEqualTo(FIRST);
    assertThat(open.end(cooked(0, 10))).isEqualTo(AGAIN);

    assertThat(open.cookedTwice()).isEqualTo(1);
    assertThat(open.open()).isEqualTo(1);
    assertThat(open.allEnded()).isNotDone();
  }

  @Test
  void anOrderBothCookedAndDeadIsAConflict() {
    open.acknowledged(0, 10);
    open.acknowledged(0, 11);
    open.seal();

    open.end(cooked(0, 10));
    assertThat(open.end(dead(0, 10))).isEqualTo(AGAIN);

    assertThat(open.conflicting()).isEqualTo(1);
    assertThat(open.cooked()).isEqualTo(1);
    assertThat(open.dead()).isZero();
    assertThat(open.open()).isEqualTo(1);
  }

  @Test
  void anEndAheadOfTheAcknowledgementsWaitsForThem() {
    open.acknowledged(0, 10);

    assertThat(open.end(cooked(0, 12))).isEqualTo(UNDECIDED);
    open.acknowledged(0, 12);
    assertThat(open.end(cooked(0, 12))).isEqualTo(FIRST);
  }

  @Test
  void anEndAheadOfTheFirstAcknowledgementWaitsToo() {
    assertThat(open.end(cooked(0, 3))).isEqualTo(UNDECIDED);
  }

  @Test
  void anEndBetweenOursIsSomebodyElses() {
    open.acknowledged(0, 10);
    open.acknowledged(0, 12);

    assertThat(open.end(cooked(0, 11))).isEqualTo(FOREIGN);
    assertThat(open.end(cooked(0, 9))).isEqualTo(FOREIGN);
    assertThat(open.end(cooked(7, 10))).isEqualTo(FOREIGN);
    assertThat(open.cooked()).isZero();
    assertThat(open.open()).isEqualTo(2);
  }

  @Test
  void onceSealedWhatIsAheadIsSomebodyElses() {
    open.acknowledged(0, 10);
    open.seal();

    assertThat(open.end(cooked(0, 11))).isEqualTo(FOREIGN);
    assertThat(open.end(cooked(1, 0))).isEqualTo(FOREIGN);
  }

  @Test
  void anEndThatNoOrderCanHaveIsNobodys() {
    open.acknowledged(0, 10);
    open.seal();

    assertThat(open.end(cooked(0, Long.MAX_VALUE))).isEqualTo(FOREIGN);
    assertThat(open.end(dead(0, -1))).isEqualTo(FOREIGN);
    assertThat(open.end(dead(-1, 10))).isEqualTo(FOREIGN);
    assertThat(open.end(dead(2, 10))).isEqualTo(FOREIGN);
  }

  private static OrderEnd cooked(int partition, long offset) {
    return new OrderEnd(partition, offset, true, 1);
  }

  private static OrderEnd dead(int partition, long offset) {
    return new OrderEnd(partition, offset, false, 0);
  }
}
