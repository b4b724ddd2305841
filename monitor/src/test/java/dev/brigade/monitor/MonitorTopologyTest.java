package dev.brigade.monitor;

import static dev.brigade.monitor.MonitorDriver.encode;
import static dev.brigade.monitor.MonitorDriver.meal;
import static dev.brigade.monitor.MonitorDriver.time;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.Order;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MonitorTopologyTest {
  private final MonitorDriver kitchen = new MonitorDriver();

  @AfterEach
  void close() {
    kitchen.close();
  }

  @Test
  void aMealCountsInTheWindowsOfItsDishAndOfAllDishes() {
    // Given
    long order = kitchen.order("burger", 100);

    // When
    kitchen.meal(order, "burger", 100, 150, 350);
    kitchen.advanceTo(80_000);

    // Then
    assertThat(kitchen.finals())
        .containsOnlyKeys("burger|10|0", "*|10|0", "burger|60|0", "*|60|0")
        .allSatisfy(
            (name, window) -> {
              assertThat(window.count()).isEqualTo(1);
              assertThat(window.dead()).isZero();
              assertThat(window.clamped()).isZero();
              assertThat(window.completion().maxMs()).isEqualTo(250);
              assertThat(window.completion().p99Ms()).isEqualTo(250);
              assertThat(window.waiting().minMs()).isEqualTo(50);
              assertThat(window.cook().meanMs()).isEqualTo(1);
              assertThat(window.open()).isZero();
              assertThat(LatencyHistograms.completion(window).getTotalCount()).isEqualTo(1);
            });
    assertThat(kitchen.finalWindow("*|10|0").throughputPerSecond()).isEqualTo(0.1);
    assertThat(kitchen.finalWindow("*|60|0").throughputPerSecond()).isEqualTo(0.017);
  }

  @Test
  void theEndOfAWindowBelongsToTheNextOne() {
    // Given
    long last = kitchen.order("burger", 0);
    long first = kitchen.order("burger", 0);

    // When
    kitchen.meal(last, "burger", 0, 0, 9_999);
    kitchen.meal(first, "burger", 0, 0, 10_000);
    kitchen.advanceTo(30_000);

    // Then
    assertThat(kitchen.finalWindow("*|10|0").completion().maxMs()).isEqualTo(9_999);
    assertThat(kitchen.finalWindow("*|10|10000").completion().minMs()).isEqualTo(10_000);
  }

  @Test
  void theAppendTimeDecidesTheWindowWhateverTheMealSays() {
    // Given
    long order = kitchen.order("burger", 0);

    // When
    kitchen.rawMeal(encode(meal(order, "burger", 0, 5, 10, 1000)), 25_000);
    kitchen.advanceTo(40_000);

    // Then
    assertThat(kitchen.finalWindow("*|10|20000").count()).isEqualTo(1);
    assertThat(kitchen.finals()).doesNotContainKey("*|10|0");
  }

  @Test
  void aMealThatIsReadBeforeItsOrderCountsOnceTheOrderIsThere() {
    // When
    kitchen.meal(0, "burger", 0, 10, 20);
    kitchen.advanceTo(1_000);

    // Then
    assertThat(kitchen.published()).isEmpty();

    // When
    kitchen.order("burger", 0);
    kitchen.advanceTo(20_000);

    // Then
    assertThat(kitchen.finalWindow("burger|10|0").count()).isEqualTo(1);
    assertThat(kitchen.finalWindow("*|10|0").open()).isZero();
    assertThat(kitchen.oddities(OddityKind.UNKNOWN_ORDER)).isZero();
  }

  @Test
  void aDeadLetterThatIsReadBeforeItsOrderCountsForTheOrdersDish() {
    // When
    kitchen.deadLetter(0, 50);
    kitchen.order("soup", 0);
    kitchen.advanceTo(20_000);

    // Then
    assertThat(kitchen.finalWindow("soup|10|0").dead()).isEqualTo(1);
    assertThat(kitchen.finalWindow("*|10|0").open()).isZero();
  }

  @Test
  void onlyTheFirstEndOfAnOrderCounts() {
    // Given
    long order = kitchen.order("burger", 0);
    kitchen.meal(order, "burger", 0, 10, 20);

    // When: again before the first one was reported, after it, and as a dead letter
    kitchen.meal(order, "burger", 0, 10, 5_000);
    kitchen.advanceTo(6_000);
    kitchen.meal(order, "burger", 0, 10, 6_000);
    kitchen.deadLetter(order, 6_000);
    kitchen.advanceTo(20_000);

    // Then
    LatencyWindow window = kitchen.finalWindow("*|10|0");
    assertThat(window.count()).isEqualTo(1);
    assertThat(window.dead()).isZero();
    assertThat(window.completion().maxMs()).isEqualTo(20);
    assertThat(kitchen.oddities(OddityKind.DUPLICATE)).isEqualTo(3);
  }

  @Test
  void aDuplicateOfAnEndThatStillWaitsForItsOrderIsADuplicateToo() {
    // When
    kitchen.meal(0, "burger", 0, 10, 20);
    kitchen.meal(0, "burger", 0, 10, 30);
    kitchen.order("burger", 0);
    kitchen.advanceTo(20_000);

    // Then
    assertThat(kitchen.finalWindow("*|10|0").count()).isEqualTo(1);
    assertThat(kitchen.finalWindow("*|10|0").completion().maxMs()).isEqualTo(20);
    assertThat(kitchen.oddities(OddityKind.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void deadLettersAreCountedApartFromLatencies() {
    // Given
    long cooked = kitchen.order("burger", 0);
    long dead = kitchen.order("burger", 0);

    // When
    kitchen.meal(cooked, "burger", 0, 10, 20);
    kitchen.deadLetter(dead, 9_000);
    kitchen.advanceTo(20_000);

    // Then
    LatencyWindow window = kitchen.finalWindow("burger|10|0");
    assertThat(window.count()).isEqualTo(1);
    assertThat(window.dead()).isEqualTo(1);
    assertThat(window.completion().maxMs()).isEqualTo(20);
  }

  @Test
  void latenciesThatCannotBeAreClampedAndCounted() {
    // Given
    long early = kitchen.order("burger", 0);
    long absurd = kitchen.order("burger", 0);

    // When
    kitchen.rawMeal(encode(meal(early, "burger", 500, 400, 300, 0)), 1_000);
    kitchen.rawMeal(encode(meal(absurd, "burger", 0, 10, 3_000L * 86_400_000, 10)), 1_000);
    kitchen.advanceTo(20_000);

    // Then
    LatencyWindow window = kitchen.finalWindow("*|10|0");
    assertThat(window.count()).isEqualTo(2);
    assertThat(window.clamped()).isEqualTo(3);
    assertThat(window.completion().minMs()).isZero();
    assertThat(window.completion().maxMs()).isEqualTo(LatencyHistograms.MAX_MICROS / 1000.0);
    assertThat(window.waiting().minMs()).isZero();
    assertThat(window.cook().minMs()).isZero();
  }

  @Test
  void timesBeyondAllReasonAreClampedToo() {
    // Given
    long order = kitchen.order("burger", 0);
    String absurd =
        new String(encode(meal(order, "burger", 0, 0, 0, Long.MAX_VALUE)), StandardCharsets.UTF_8)
            .replaceFirst("\"placedAt\":\"[^\"]*\"", "\"placedAt\":\"0000-01-01T00:00:00Z\"")
            .replaceFirst("\"finishedAt\":\"[^\"]*\"", "\"finishedAt\":\"9999-12-31T23:59:59Z\"");

    // When
    kitchen.rawMeal(absurd.getBytes(StandardCharsets.UTF_8), 10);
    kitchen.advanceTo(20_000);

    // Then
    assertThat(kitchen.finalWindow("*|10|0").clamped()).isEqualTo(3);
  }

  @Test
  void anUndecodableOrderIsOpenUntilItsDeadLetterAndCountsForNoDish() {
    // Given
    kitchen.rawOrder(null, 0);
    kitchen.rawOrder(new byte[0], 0);
    long garbage = kitchen.rawOrder(new byte[] {1, 2, 3}, 0);

    // When
    kitchen.advanceTo(2_000);

    // Then
    assertThat(kitchen.lastWindow("*|10|0").open()).isEqualTo(3);

    // When
    kitchen.deadLetter(garbage, 2_000);
    kitchen.advanceTo(20_000);

    // Then
    assertThat(kitchen.finals()).containsOnlyKeys("*|10|0");
    assertThat(kitchen.finalWindow("*|10|0").dead()).isEqualTo(1);
    assertThat(kitchen.finalWindow("*|10|0").open()).isEqualTo(2);
  }

  @Test
  void anEndOfNoOrderIsGivenUpAndDoesNotCloseALaterOrderAtItsOffset() {
    // When
    kitchen.meal(0, "burger", 0, 10, 20);
    kitchen.advanceTo(20_000);

    // Then
    assertThat(kitchen.oddities(OddityKind.UNKNOWN_ORDER)).isEqualTo(1);
    assertThat(kitchen.published()).isEmpty();

    // When
    kitchen.order("burger", 20_000);
    kitchen.advanceTo(22_000);

    // Then
    assertThat(kitchen.lastWindow("burger|10|20000").open()).isEqualTo(1);
  }

  @Test
  void endsThatCannotBeOfThisPartitionAreUnknownOrders() {
    // Given
    kitchen.order("burger", 0);
    String elsewhere =
        new String(encode(meal(0, "burger", 0, 1, 2, 3)), StandardCharsets.UTF_8)
            .replace("\"partition\":0", "\"partition\":7");
    RecordHeaders ofAnotherKitchen = new RecordHeaders();
    deadLetterHeaders(ofAnotherKitchen, "other.orders/0/0");

    // When
    kitchen.rawMeal(elsewhere.getBytes(StandardCharsets.UTF_8), 10);
    kitchen.rawDeadLetter(ofAnotherKitchen, 10);
    kitchen.advanceTo(2_000);

    // Then
    assertThat(kitchen.oddities(OddityKind.UNKNOWN_ORDER)).isEqualTo(2);
    assertThat(kitchen.lastWindow("*|10|0").open()).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadIsCountedAndSkipped() {
    // Given
    long order = kitchen.order("burger", 0);
    String noSuchDish =
        new String(encode(meal(order, "burger", 0, 1, 2, 3)), StandardCharsets.UTF_8)
            .replace("\"burger\"", "\"a|b\"");

    // When
    kitchen.rawMeal(null, 10);
    kitchen.rawMeal(new byte[] {'{'}, 10);
    kitchen.rawMeal(noSuchDish.getBytes(StandardCharsets.UTF_8), 10);
    kitchen.rawDeadLetter(new RecordHeaders(), 10);
    kitchen.rawDeadLetter(deadLetterHeaders(new RecordHeaders(), "nonsense"), 10);
    kitchen.rawDeadLetter(deadLetterHeaders(new RecordHeaders(), "test.orders/0/x"), 10);
    kitchen.meal(order, "burger", 0, 10, 20);
    kitchen.advanceTo(20_000);

    // Then
    assertThat(kitchen.oddities(OddityKind.UNREADABLE)).isEqualTo(6);
    assertThat(kitchen.finalWindow("burger|10|0").count()).isEqualTo(1);
  }

  private static RecordHeaders deadLetterHeaders(RecordHeaders headers, String origin) {
    for (String[] header :
        List.of(
            new String[] {"brigade.reason", "exhausted"},
            new String[] {"brigade.error", "no luck"},
            new String[] {"brigade.attempts", "5"},
            new String[] {"brigade.worker", "w-1"},
            new String[] {"brigade.at", "2026-11-20T16:35:00Z"},
            new String[] {"brigade.origin", origin})) {
      headers.add(header[0], header[1].getBytes(StandardCharsets.UTF_8));
    }
    return headers;
  }

  @Test
  void openOrdersAreCountedWithTheirAgeAndDeadlinesPerDish() {
    // Given
    Order hurried =
        new Order("hurried", "soup", time(0), null, time(4_000), null, NullNode.getInstance());
    kitchen.order("burger", 1_000);
    long soup = kitchen.order(hurried, 2_000);

    // When
    kitchen.advanceTo(3_750);

    // Then
    assertThat(kitchen.lastWindow("*|10|0").open()).isEqualTo(2);
    assertThat(kitchen.lastWindow("*|10|0").overdue()).isZero();

    // When
    kitchen.advanceTo(8_000);

    // Then
    LatencyWindow all = kitchen.lastWindow("*|10|0");
    assertThat(all.open()).isEqualTo(2);
    assertThat(all.overdue()).isEqualTo(1);
    assertThat(all.oldestOpenMs()).isBetween(6_000L, 7_000L);
    assertThat(kitchen.lastWindow("soup|10|0").oldestOpenMs()).isBetween(5_000L, 6_000L);
    assertThat(kitchen.lastWindow("burger|10|0").overdue()).isZero();

    // When
    kitchen.deadLetter(soup, 8_000);
    kitchen.advanceTo(9_999);

    // Then
    assertThat(kitchen.lastWindow("*|10|0").overdue()).isZero();
    assertThat(kitchen.lastWindow("*|10|0").open()).isEqualTo(1);
    assertThat(kitchen.lastWindow("soup|10|0").open()).isZero();
  }

  @Test
  void aStalledKitchenShowsInEveryWindow() {
    // Given
    kitchen.order("burger", 0);

    // When
    kitchen.advanceTo(35_000);

    // Then
    assertThat(kitchen.finals())
        .containsOnlyKeys(
            "*|10|0",
            "burger|10|0",
            "*|10|10000",
            "burger|10|10000",
            "*|10|20000",
            "burger|10|20000")
        .allSatisfy((name, window) -> assertThat(window.open()).isEqualTo(1));
  }

  @Test
  void revisionsCountUpAndTheLastOneIsFinal() {
    // Given
    long first = kitchen.order("burger", 0);
    long second = kitchen.order("burger", 0);

    // When
    kitchen.meal(first, "burger", 0, 10, 20);
    kitchen.advanceTo(3_000);
    kitchen.meal(second, "burger", 0, 10, 3_000);
    kitchen.advanceTo(20_000);

    // Then
    List<LatencyWindow> revisions =
        kitchen.published().stream().filter(w -> w.key().startsWith("burger|10|")).toList();
    assertThat(revisions).hasSizeBetween(3, 11);
    for (int i = 0; i < revisions.size(); i++) {
      assertThat(revisions.get(i).revision()).isEqualTo(i + 1);
      assertThat(revisions.get(i).isFinal()).isEqualTo(i == revisions.size() - 1);
    }
    assertThat(revisions.get(0).count()).isEqualTo(1);
    assertThat(revisions.get(0).throughputPerSecond()).isEqualTo(1.0);
    assertThat(revisions.get(revisions.size() - 1).count()).isEqualTo(2);
  }

  @Test
  void noWindowIsFinalBeforeAllThreeTopicsWereReadBeyondItsEnd() {
    // Given
    kitchen.holdUpProgress(true);
    long order = kitchen.order("burger", 0);
    kitchen.meal(order, "burger", 0, 10, 20);

    // When
    kitchen.order("burger", 40_000);
    kitchen.deadLetter(1, 40_000);
    kitchen.advanceTo(60_000);

    // Then
    assertThat(kitchen.finals()).isEmpty();

    // When
    kitchen.holdUpProgress(false);
    kitchen.advanceTo(61_000);

    // Then
    assertThat(kitchen.finals()).containsKeys("*|10|0", "*|10|40000");
  }

  @Test
  void recordsThemselvesMakeWindowsFinalWhileCatchingUp() {
    // Given
    kitchen.holdUpProgress(true);
    long order = kitchen.order("burger", 0);
    long dead = kitchen.order("burger", 0);
    kitchen.meal(order, "burger", 0, 10, 20);

    // When
    kitchen.order("burger", 12_000);
    kitchen.meal(2, "burger", 12_000, 12_000, 12_000);
    kitchen.deadLetter(dead, 12_000);
    kitchen.advanceTo(1_000);

    // Then
    assertThat(kitchen.finals()).containsOnlyKeys("*|10|0", "burger|10|0");
  }

  @Test
  void anEndThatComesTooLateForItsWindowIsCountedInTheOldestOneThatIsNotFinal() {
    // Given
    long order = kitchen.order("burger", 0);
    kitchen.advanceTo(30_000);
    assertThat(kitchen.finals()).containsKey("*|10|0");

    // When
    kitchen.meal(order, "burger", 0, 10, 20);
    kitchen.advanceTo(90_000);

    // Then
    assertThat(kitchen.finalWindow("*|10|0").count()).isZero();
    assertThat(kitchen.finalWindow("*|10|20000").count()).isEqualTo(1);
    assertThat(kitchen.finalWindow("*|60|0").count()).isEqualTo(1);
    assertThat(kitchen.oddities(OddityKind.LATE)).isEqualTo(1);
  }
}
