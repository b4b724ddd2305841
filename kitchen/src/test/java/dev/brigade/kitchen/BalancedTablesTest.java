package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BalancedTablesTest {
  @Test
  void everyPartitionGetsAsManyTables() {
    // Given
    BalancedTables tables = new BalancedTables(12, 4);

    // When
    Map<Integer, Long> byPartition =
        tables.all().stream()
            .collect(
                Collectors.groupingBy(
                    table -> BalancedTables.partition(table, 12), Collectors.counting()));

    // Then
    assertThat(byPartition).hasSize(12);
    assertThat(byPartition.values()).containsOnly(4L);
    assertThat(tables.all()).doesNotHaveDuplicates();
  }

  @Test
  void everyPartitionIsOrderedFromBeforeAnyIsOrderedFromAgain() {
    // Given
    BalancedTables tables = new BalancedTables(6, 2);

    // When
    List<String> firstRound = tables.all().subList(0, 6);

    // Then
    assertThat(firstRound)
        .extracting(table -> BalancedTables.partition(table, 6))
        .containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void aTableOfAChosenPartitionIsOfThatPartition() {
    // Given
    BalancedTables tables = new BalancedTables(12, 1);

    // When
    List<String> chosen = tables.oneInEach(List.of(7, 2));

    // Then
    assertThat(chosen)
        .extracting(table -> BalancedTables.partition(table, 12))
        .containsExactly(7, 2);
  }

  @Test
  void thePartitionIsTheOneAKafkaProducerChooses() {
    // Given: the murmur2 hash of "21" is -973932308, of "a-little-bit-long-string" -985981536
    // (published test vectors of Kafka's hash)
    int partitions = 1000;

    // When, then
    assertThat(BalancedTables.partition("21", partitions))
        .isEqualTo((-973932308 & Integer.MAX_VALUE) % partitions);
    assertThat(BalancedTables.partition("a-little-bit-long-string", partitions))
        .isEqualTo((-985981536 & Integer.MAX_VALUE) % partitions);
  }
}
