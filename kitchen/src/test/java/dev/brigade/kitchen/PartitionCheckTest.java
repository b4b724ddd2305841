package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Meal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * The checker proves itself: a sound history passes, and each violation planted in it is found,
 * that one only.
 *
 * <p>The sound history: partition 3 from offset 100 on, six orders of the tables a and b in turn,
 * each cooked for 10 ms after the one before; 104 became a dead letter.
 */
class PartitionCheckTest {
  private static final int PARTITION = 3;
  private static final long FIRST = 100;
  private static final Instant OPENING = Instant.parse("2026-11-20T16:00:00Z");
  private static final Duration COOK = Duration.ofMillis(10);
  private static final String ORDERS = "kitchen.orders";

  private final PartitionCheck check = new PartitionCheck(PARTITION, FIRST);

  @Test
  void aSoundHistoryHasNoViolation() {
    // Given
    orders();

    // When
    meals(100, 101, 102, 103, 105);
    deadLetter(104);

    // Then
    LogFindings findings = check.findings();
    assertThat(counts(findings)).isEqualTo("orders 6 cooked 5 dead 1");
    assertThat(findings.examples()).isEmpty();
    assertThat(findings.endsAreSound()).isTrue();
    assertThat(findings.ofBatch()).isEqualTo(6);
    assertThat(findings.lost(6)).isZero();
    assertThat(findings.orderViolations()).isZero();
    assertThat(findings.completionMicros().getTotalCount()).isEqualTo(5);
    assertThat(findings.completionMicros().getMaxValue()).isBetween(60_000L, 60_100L);
  }

  @Test
  void mealsOfDifferentKeysMayStandInAnyOrder() {
    // Given
    orders();

    // When
    meals(101, 103, 100, 105, 102);
    deadLetter(104);

    // Then
    assertThat(counts(check.findings())).isEqualTo("orders 6 cooked 5 dead 1");
  }

  @Test
  void anOrderWithoutAnEndIsLost() {
    // Given
    orders();

    // When
    meals(100, 101, 103, 105);
    deadLetter(104);

    // Then
    LogFindings findings = check.findings();
    assertThat(counts(findings)).isEqualTo("orders 6 cooked 4 dead 1 open 1");
    assertThat(findings.lost(6)).isEqualTo(1);
    assertThat(findings.examples()).containsExactly("order 3/102 has no end");
  }

  @Test
  void anAcknowledgedOrderThatIsNotInTheLogIsLost() {
    // Given
    orders();

    // When
    meals(100, 101, 102, 103, 105);
    deadLetter(104);

    // Then
    assertThat(check.findings().lost(7)).isEqualTo(1);
  }

  @Test
  void aSecondMealOfAnOrderIsCookedTwiceAndNoViolation() {
    // Given
    orders();

    // When
    meals(100, 101, 102, 103, 105);
    deadLetter(104);
    check.meal(key(102), meal(102, start(110)));

    // Then
    LogFindings findings = check.findings();
    assertThat(counts(findings)).isEqualTo("orders 6 cooked 5 dead 1 cooked-twice 1");
    assertThat(findings.endsAreSound()).isTrue();
    assertThat(findings.completionMicros().getTotalCount()).isEqualTo(5);
  }

  @Test
  void aSecondDeadLetterOfAnOrderIsCounted() {
    // Given
    orders();

    // When
    meals(100, 101, 102, 103, 105);
    deadLetter(104);
    deadLetter(104);

    // Then
    assertThat(counts(check.findings())).isEqualTo("orders 6 cooked 5 dead 1 dead-twice 1");
  }

  @Test
  void mealsOfOneKeySwappedInTheirTopicAreOutOfOrder() {
    // Given
    orders();

    // When
    meals(100, 101, 105, 103);
    meals(102);
    deadLetter(104);

    // Then
    LogFindings findings = check.findings();
    assertThat(counts(findings)).isEqualTo("orders 6 cooked 5 dead 1 out-of-order 1");
    assertThat(findings.examples().get(0)).contains("3/103");
    assertThat(findings.orderViolations()).isEqualTo(1);
  }

  @Test
  void deadLettersOfOneKeySwappedInTheirTopicAreOutOfOrder() {
    // Given
    orders();

    // When
    meals(100, 101, 103, 105);
    deadLetter(104);
    deadLetter(102);

    // Then
    assertThat(counts(check.findings())).isEqualTo("orders 6 cooked 4 dead 2 out-of-order 1");
  }

  @Test
  void twoCooksOfOneKeyAtTheSameTimeOverlap() {
    // Given
    orders();

    // When
    meals(100, 101);
    check.meal(key(102), meal(102, start(100).plusMillis(5)));
    meals(103, 105);
    deadLetter(104);

    // Then
    LogFindings findings = check.findings();
    assertThat(counts(findings)).isEqualTo("orders 6 cooked 5 dead 1 overlapping 1");
    assertThat(findings.orderViolations()).isEqualTo(1);
  }

  @Test
  void aSecondMealCookedWhileTheFirstOneWasOverlaps() {
    // Given
    orders();

    // When
    meals(100, 101, 102, 103, 105);
    check.meal(key(105), meal(105, start(105).plusMillis(2)));
    deadLetter(104);

    // Then
    assertThat(counts(check.findings()))
        .isEqualTo("orders 6 cooked 5 dead 1 cooked-twice 1 overlapping 1");
  }

  @Test
  void clocksThatDisagreeByLessThanTheToleranceAreNoOverlap() {
    // Given
    orders();

    // When
    meals(100, 101);
    check.meal(key(102), meal(102, start(100).plus(COOK).minusNanos(900_000)));
    meals(103, 105);
    deadLetter(104);

    // Then
    assertThat(counts(check.findings())).isEqualTo("orders 6 cooked 5 dead 1");
  }

  @Test
  void anOrderWithMealAndDeadLetterIsAConflict() {
    // Given
    orders();

    // When
    meals(100, 101, 102, 103, 105);
    deadLetter(104);
    deadLetter(101);

    // Then
    LogFindings findings = check.findings();
    assertThat(counts(findings)).isEqualTo("orders 6 cooked 5 dead 2 conflicting 1");
    assertThat(findings.endsAreSound()).isFalse();
  }

  @Test
  void anEndThatNamesNoOrderIsUnknown() {
    // Given
    orders();

    // When
    meals(100, 101, 102, 103, 105, 106);
    meals(99);
    deadLetter(104);
    check.meal(key(100), meal(PARTITION + 1, 100, "order-100", start(100)));
    check.deadLetter(key(100), "order-100", "other.orders", letter(100));

    // Then
    LogFindings findings = check.findings();
    assertThat(counts(findings)).isEqualTo("orders 6 cooked 5 dead 1 unknown-ends 4");
    assertThat(findings.endsAreSound()).isFalse();
  }

  @Test
  void aMealOfAnotherOrderIdOrKeyIsMistaken() {
    // Given
    orders();

    // When
    meals(100, 101, 102);
    check.meal(key(103), meal(PARTITION, 103, "order-999", start(103)));
    check.meal("z".getBytes(StandardCharsets.UTF_8), meal(105, start(105)));
    check.deadLetter(key(104), "order-104x", ORDERS, letter(104));

    // Then
    LogFindings findings = check.findings();
    assertThat(counts(findings)).isEqualTo("orders 6 cooked 5 dead 1 mistaken-ends 3");
    assertThat(findings.endsAreSound()).isFalse();
  }

  @Test
  void anUnreadableRecordIsCountedAndItsOrderIsLost() {
    // Given
    orders();

    // When
    meals(100, 101, 102, 103);
    deadLetter(104);
    check.unreadable("kitchen.meals/3/4: not JSON");

    // Then
    LogFindings findings = check.findings();
    assertThat(counts(findings)).isEqualTo("orders 6 cooked 4 dead 1 open 1 unreadable 1");
    assertThat(findings.endsAreSound()).isFalse();
  }

  @Test
  void ordersWithoutAKeyHaveNoOrderAmongThemselves() {
    // Given
    check.order(100, null, "order-100", false);
    check.order(101, null, "order-101", false);

    // When
    check.meal(null, meal(101, start(100)));
    check.meal(null, meal(100, start(100)));

    // Then
    assertThat(counts(check.findings())).isEqualTo("orders 2 cooked 2");
  }

  @Test
  void findingsOfPartitionsAddUp() {
    // Given
    orders();
    meals(100, 101, 105, 103);
    deadLetter(104);
    PartitionCheck other = new PartitionCheck(4, 0);
    other.order(0, key(100), "x", true);

    // When
    LogFindings both = check.findings().plus(other.findings());

    // Then
    assertThat(counts(both)).isEqualTo("orders 7 cooked 4 dead 1 open 2 out-of-order 1");
    assertThat(both.ofBatch()).isEqualTo(7);
    assertThat(both.completionMicros().getTotalCount()).isEqualTo(4);
    assertThat(both.examples()).contains("order 4/0 has no end", "order 3/102 has no end");
  }

  private void orders() {
    for (long offset = FIRST; offset < FIRST + 6; offset++) {
      check.order(offset, key(offset), "order-" + offset, true);
    }
  }

  private void meals(long... offsets) {
    for (long offset : offsets) {
      check.meal(key(offset), meal(offset, start(offset)));
    }
  }

  private void deadLetter(long offset) {
    check.deadLetter(key(offset), "order-" + offset, ORDERS, letter(offset));
  }

  private static byte[] key(long offset) {
    return (offset % 2 == 0 ? "a" : "b").getBytes(StandardCharsets.UTF_8);
  }

  private static Instant start(long offset) {
    return OPENING.plus(COOK.multipliedBy(offset - FIRST));
  }

  private static Meal meal(long offset, Instant start) {
    return meal(PARTITION, offset, "order-" + offset, start);
  }

  private static Meal meal(int partition, long offset, String id, Instant start) {
    return new Meal(
        id,
        "burger",
        null,
        "worker-1",
        0,
        partition,
        offset,
        1,
        OPENING,
        start,
        start.plus(COOK),
        COOK.toNanos() / 1000,
        null,
        NullNode.getInstance());
  }

  private static DeadLetter letter(long offset) {
    return new DeadLetter(
        DeadLetterReason.EXHAUSTED,
        "burnt",
        5,
        "worker-1",
        start(offset),
        ORDERS,
        new CompletionId(PARTITION, offset));
  }

  /** All counts that are not zero. */
  private static String counts(LogFindings findings) {
    StringBuilder counts = new StringBuilder();
    count(counts, "orders", findings.orders());
    count(counts, "cooked", findings.cooked());
    count(counts, "dead", findings.dead());
    count(counts, "cooked-twice", findings.cookedTwice());
    count(counts, "dead-twice", findings.deadTwice());
    count(counts, "open", findings.open());
    count(counts, "conflicting", findings.conflicting());
    count(counts, "unknown-ends", findings.unknownEnds());
    count(counts, "mistaken-ends", findings.mistakenEnds());
    count(counts, "unreadable", findings.unreadable());
    count(counts, "out-of-order", findings.outOfOrder());
    count(counts, "overlapping", findings.overlapping());
    return counts.toString().strip();
  }

  private static void count(StringBuilder counts, String name, long count) {
    if (count != 0) {
      counts.append(name).append(' ').append(count).append(' ');
    }
  }
}
