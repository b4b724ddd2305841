package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DishMixTest {
  @Test
  void everyTicketIsADishAndWeightsAreNumbersOfTickets() {
    DishMix mix = DishMix.parse("burger=3,salad,soup=2");

    assertThat(mix.total()).isEqualTo(6);
    assertThat(LongStream.range(0, 6).mapToObj(mix::dish))
        .containsExactly("burger", "burger", "burger", "salad", "soup", "soup");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|dish must match",
        "burger,|dish must match",
        "bur ger=1|dish must match",
        "burger=0|the weight of burger must be a whole number",
        "burger=-1|the weight of burger must be",
        "burger=x|the weight of burger must be",
        "burger=|the weight of burger must be",
        "burger=1000001|the weight of burger must be",
        "burger=1=2|the weight of burger must be",
        "burger,burger=2|dish 'burger' is named twice"
      })
  void whatIsNoMixIsRefused(String text, String message) {
    assertThatThrownBy(() -> DishMix.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
