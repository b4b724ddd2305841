package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionListTest {
  @Test
  void runsOfThreeAndMoreAreShortened() {
    assertThat(PartitionList.of(List.of(3, 0, 1, 2, 7))).isEqualTo("0-3, 7");
    assertThat(PartitionList.of(List.of(4, 5))).isEqualTo("4, 5");
    assertThat(PartitionList.of(List.of(1, 3, 5))).isEqualTo("1, 3, 5");
    assertThat(PartitionList.of(List.of(9, 10, 11))).isEqualTo("9-11");
  }

  @Test
  void noPartitionsAreEmpty() {
    assertThat(PartitionList.of(List.of())).isEmpty();
  }
}
