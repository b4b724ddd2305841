package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
  @ParameterizedTest
  @CsvSource({"500/s, 500", "500, 500", "0.5/s, 0.5", "0.001, 0.001", "10000000/s, 1e7"})
  void aRateIsANumberPerSecond(String text, double perSecond) {
    assertThat(Rate.parse(text).perSecond()).isEqualTo(perSecond);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0/s",
        "0.0009",
        "-1",
        "NaN",
        "NaN/s",
        "Infinity",
        "1e3",
        "5/m",
        "10000001"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Rate.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
