package dev.brigade.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.LatencyWindow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyTableTest {
  private final StringWriter screen = new StringWriter();
  private long now = 1_000_000;
  private final LatencyTable table =
      new LatencyTable(new PrintWriter(screen), false, () -> now, () -> "");

  private static LatencyWindow window(String dish, long start, int count) {
    WindowTotals totals = new WindowTotals();
    for (int i = 0; i < count; i++) {
      totals.count(new OrderEnd(start, true, dish, 12_345, 1_000, 11_000, 0));
    }
    return new LiveWindow(dish, 10, start, 1, totals)
        .toRecord(true, new OpenStats(4, start, 1), start + 10_000);
  }

  @Test
  void eachDishHasARowBelowAllDishesTogether() {
    // When
    table.show(window("soup", 990_000, 1_500));
    table.show(window("burger", 990_000, 0));
    table.show(window("*", 990_000, 1_500));
    List<String> lines = table.lines(now);

    // Then
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("dish").contains("cooked/s", "p99", "overdue");
    assertThat(lines.get(1))
        .matches("all dishes +10s +150\\.0 +1,500 +0( +12\\.3ms){4} +4 +10\\.0s +1");
    assertThat(lines.get(2)).startsWith("burger").contains(" - ");
    assertThat(lines.get(3)).startsWith("soup");
  }

  @Test
  void aWindowThatHasJustBegunDoesNotReplaceTheOneBefore() {
    // Given
    table.show(window("*", 990_000, 700));
    table.show(window("*", 1_000_000, 3));

    // Then
    assertThat(table.lines(1_000_500).get(1)).contains(" 700 ");
    assertThat(table.lines(1_002_500).get(1)).contains(" 3 ");
  }

  @Test
  void aLateRevisionOfTheWindowBeforeDoesNotReplaceTheCurrentOne() {
    // Given
    table.show(window("*", 990_000, 700));
    table.show(window("*", 1_000_000, 3));

    // When
    table.show(window("*", 990_000, 701));

    // Then
    assertThat(table.lines(1_000_500).get(1)).contains(" 701 ");
    assertThat(table.lines(1_005_000).get(1)).contains(" 3 ");
  }

  @Test
  void itIsRedrawnInPlaceOnceASecond() {
    // Given
    table.tick();
    String first = screen.toString();
    assertThat(first).contains("waiting for the first orders").doesNotContain("\u001b");

    // When
    now += 999;
    table.tick();
    assertThat(screen.toString()).isEqualTo(first);
    now += 1;
    table.tick();

    // Then
    assertThat(screen.toString().substring(first.length())).startsWith("\u001b[2A\u001b[J");
  }

  @Test
  void aDishOfWhichNothingIsHeardAnyMoreDisappears() {
    // Given
    table.show(window("soup", 1_000_000, 5));
    table.tick();
    assertThat(screen.toString()).contains("soup");

    // When
    int seen = screen.toString().length();
    now += 31_000;
    table.tick();

    // Then
    assertThat(screen.toString().substring(seen)).doesNotContain("soup");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0us",
    "0.85,850us",
    "1,1.0ms",
    "12.345,12.3ms",
    "345.6,346ms",
    "1250,1.25s",
    "9999,10.0s",
    "59400,59.4s",
    "59600,1m00s",
    "125000,2m05s",
    "11400000,3h10m"
  })
  void durationsAreShort(double millis, String shown) {
    assertThat(WindowFormat.duration(millis)).isEqualTo(shown);
  }
}
