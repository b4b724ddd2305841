package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void numbersAreAlignedToTheRightAndWordsToTheLeft() {
    // Given
    TextTable table = new TextTable("workers", "time", "cooked by each");

    // When
    table.row("1", "12.30 s", "48").row("12", "6.10 s", "24 24");

    // Then
    assertThat(table.lines())
        .containsExactly(
            "  workers      time   cooked by each",
            "        1   12.30 s   48",
            "       12    6.10 s   24 24");
  }

  @Test
  void aRowWithACellTooFewIsRefused() {
    // Given
    TextTable table = new TextTable("workers", "time");

    // When, then
    assertThatThrownBy(() -> table.row("1")).hasMessage("1 cells under 2 headings");
  }
}
