package dev.brigade.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KitchenTest {
  @Test
  void everythingItOwnsStartsWithItsNameAndADot() {
    Kitchen kitchen = new Kitchen("k");

    assertThat(kitchen.orders()).isEqualTo("k.orders");
    assertThat(kitchen.meals()).isEqualTo("k.meals");
    assertThat(kitchen.deadLetters()).isEqualTo("k.dead-letters");
    assertThat(kitchen.latency()).isEqualTo("k.latency");
    assertThat(kitchen.alerts()).isEqualTo("k.alerts");
    assertThat(kitchen.activity()).isEqualTo("k.activity");
    assertThat(kitchen.chefsGroup()).isEqualTo("k.chefs");
    assertThat(kitchen.monitorApplicationId()).isEqualTo("k.monitor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kitchen",
        "0",
        "a-b-",
        "123456789012345678901234567890123456789012345678901234567890123"
      })
  void aNameHasUpTo63LettersDigitsAndDashes(String name) {
    assertThat(new Kitchen(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a.b",
        "-a",
        "Kitchen",
        "a_b",
        "küche",
        "a\n",
        "1234567890123456789012345678901234567890123456789012345678901234"
      })
  void anyOtherNameIsRefused(String name) {
    assertThatThrownBy(() -> new Kitchen(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the kitchen's name must match [a-z0-9][a-z0-9-]{0,62} (lower-case letters, digits and"
                + " dashes, no dots), but is '"
                + name.replace('\n', '?')
                + "'");
  }
}
