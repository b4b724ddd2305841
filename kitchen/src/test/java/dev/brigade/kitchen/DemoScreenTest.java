package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Activity;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoScreenTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final DemoPlan PLAN = new DemoPlan(2, 4, 1, 128, 3_328, 1);

  private final KitchenView view = new KitchenView(Collections.nCopies(12, 0L));

  @Test
  void whoHoldsWhatAndWhatWaitsIsSeen() {
    // Given
    report("worker-1", IntStream.range(0, 6));
    report("worker-2", IntStream.range(6, 12));
    view.killed("worker-2", NOON);
    view.ordersUpTo(6, 40);
    view.meal("worker-1", 0, 0, NOON.minusMillis(500));
    view.meal("worker-1", 0, 1, NOON.minusMillis(400));

    // When
    List<String> lines =
        new DemoScreen(PLAN, Style.ASCII)
            .lines(view, NOON.toEpochMilli()).stream()
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList();

    // Then
    assertThat(lines)
        .contains(
            "worker-1 cooking ###. 24 1 2 0-5",
            "worker-2 killed 0 (6-11)",
            "partition 0 1 2 3 4 5 6 7 8 9 10 11",
            "worker 1 1 1 1 1 1 (2) (2) (2) (2) (2) (2)",
            "waiting 0 0 0 0 0 0 40 0 0 0 0 0",
            "orders 40 of 3,328 placed, 2 ended, 0 dead letters, 0 retries");
  }

  @Test
  void itFitsATerminalOfEightyByTwentyFour() {
    // Given
    for (int number = 1; number <= 5; number++) {
      int worker = number;
      report(
          "worker-" + number,
          IntStream.range(0, 12).filter(partition -> partition % 5 == worker - 1));
    }
    IntStream.range(0, 12).forEach(partition -> view.ordersUpTo(partition, 9_999));
    DemoScreen screen = new DemoScreen(PLAN, Style.ASCII);

    // When
    List<String> lines = List.of();
    for (int second = 0; second < 100; second++) {
      lines = screen.lines(view, NOON.plusSeconds(second).toEpochMilli());
    }

    // Then
    assertThat(lines).hasSizeLessThan(24).allMatch(line -> line.length() <= 80);
  }

  @Test
  void coloursAreThereOnlyWhenWelcome() {
    // Given
    report("worker-1", IntStream.range(0, 12));
    Style colours = new Style(true, Style.ASCII.bars(), "#", ".");

    // When
    String plain =
        String.join("\n", new DemoScreen(PLAN, Style.ASCII).lines(view, NOON.toEpochMilli()));
    String painted =
        String.join("\n", new DemoScreen(PLAN, colours).lines(view, NOON.toEpochMilli()));

    // Then
    assertThat(plain).doesNotContain("\u001b");
    assertThat(painted).contains("\u001b[");
    assertThat(painted.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  private void report(String worker, IntStream partitions) {
    view.activity(
        new Activity(
            worker,
            "host",
            1,
            NOON,
            Activity.Type.REPORT,
            partitions
                .mapToObj(partition -> new Activity.Partition(partition, 10L, 6L, 4, false))
                .toList(),
            null,
            new Activity.Counts(4, 3, 10, 0, 0),
            null));
  }
}
