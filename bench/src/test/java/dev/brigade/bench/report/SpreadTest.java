package dev.brigade.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void ofAnOddNumberOfRunsTheMedianIsTheMiddleOne() {
    assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9, 3));
  }

  @Test
  void ofAnEvenNumberOfRunsTheMedianIsTheMeanOfTheMiddleTwo() {
    assertThat(Spread.of(List.of(100.0, 1.0, 4.0, 6.0))).isEqualTo(new Spread(5, 1, 100, 4));
  }

  @Test
  void ofOneRunAllIsThatOne() {
    assertThat(Spread.of(List.of(7.5))).isEqualTo(new Spread(7.5, 7.5, 7.5, 1));
  }

  @Test
  void ofNoRunThereIsNone() {
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
