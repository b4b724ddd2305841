package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsHistogramTest {
  @Test
  void dishesAreCountedByTheTryThatSucceededBesideWhatChanceExpects() {
    // Given
    List<Integer> attempts = List.of(1, 1, 1, 1, 1, 2, 2, 4);

    // When
    List<AttemptsHistogram.Row> rows = AttemptsHistogram.of(attempts, 0.5);

    // Then
    assertThat(rows)
        .extracting(
            AttemptsHistogram.Row::attempts,
            AttemptsHistogram.Row::orMore,
            AttemptsHistogram.Row::dishes,
            AttemptsHistogram.Row::expected)
        .containsExactly(
            tuple(1, false, 5L, 4.0),
            tuple(2, false, 2L, 2.0),
            tuple(3, false, 0L, 1.0),
            tuple(4, false, 1L, 0.5),
            tuple(5, true, 0L, 0.5));
  }

  @Test
  void chefsThatFailSeldomAreExpectedToSucceedSoon() {
    // Given
    List<Integer> attempts = List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 2);

    // When
    List<AttemptsHistogram.Row> rows = AttemptsHistogram.of(attempts, 0.1);

    // Then
    assertThat(rows).extracting(AttemptsHistogram.Row::expected).containsExactly(9.0, 0.9, 0.1);
  }

  @Test
  void theTableDrawsABarForTheDishes() {
    // Given
    List<AttemptsHistogram.Row> rows = AttemptsHistogram.of(List.of(1, 1, 2), 0.5);

    // When
    List<String> lines = AttemptsHistogram.lines(rows);

    // Then
    assertThat(lines)
        .containsExactly(
            "  tries   dishes   expected",
            "      1        2        1.5   ##",
            "      2        1        0.8   #",
            "     3+        0        0.8");
  }
}
