package dev.brigade.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void thousandsAreSeparated() {
    assertThat(Numbers.range(new Spread(1_234_567, 987_654.4, 2_000_000, 3)))
        .isEqualTo("1,234,567 (987,654–2,000,000)");
  }

  @Test
  void aNumberHasAsManyDecimalsAsItsSizeIsWorth() {
    assertThat(Numbers.median(new Spread(0.416, 0.4, 0.5, 3))).isEqualTo("0.42");
    assertThat(Numbers.median(new Spread(41.64, 40, 50, 3))).isEqualTo("41.6");
    assertThat(Numbers.median(new Spread(416.4, 400, 500, 3))).isEqualTo("416");
  }

  @Test
  void whatIsCountedHasNoDecimals() {
    assertThat(Numbers.range(new Spread(3, 0, 7, 3))).isEqualTo("3 (0–7)");
  }

  @Test
  void oneRunHasNoRange() {
    assertThat(Numbers.range(new Spread(812, 812, 812, 1))).isEqualTo("812");
  }

  @Test
  void aRatioThatMissesItsBoundIsNotShownAsReachingIt() {
    assertThat(Numbers.ratio(0.9999, false)).isEqualTo("0.99");
    assertThat(Numbers.ratio(1.1001, true)).isEqualTo("1.11");
  }

  @Test
  void aRatioAtItsBoundIsShownAsThat() {
    assertThat(Numbers.ratio(0.57, false)).isEqualTo("0.57");
    assertThat(Numbers.ratio(1.1, true)).isEqualTo("1.10");
  }
}
