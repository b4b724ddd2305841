package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OffsetSetTest {
  @Test
  void itHoldsWhatASetHolds() {
    long first = 1_000_003;
    OffsetSet offsets = new OffsetSet(first);
    Set<Long> model = new HashSet<>();
    Random random = new Random(5);

    for (int i = 0; i < 200_000; i++) {
      long offset = first + random.nextInt(500_000);
      assertThat(offsets.contains(offset)).isEqualTo(model.contains(offset));
      assertThat(offsets.add(offset)).isEqualTo(model.add(offset));
      assertThat(offsets.contains(offset)).isTrue();
    }
  }

  @Test
  void whatIsBeforeTheFirstOrFarAheadIsNotInIt() {
    OffsetSet offsets = new OffsetSet(100);
    offsets.add(100);

    assertThat(offsets.contains(99)).isFalse();
    assertThat(offsets.contains(101)).isFalse();
    assertThat(offsets.contains(10_000_000_000L)).isFalse();
  }

  @Test
  void aMillionOffsetsInARowTakeLittleMoreThanOneChunk() {
    OffsetSet offsets = new OffsetSet(77);

    for (long offset = 77; offset < 1_000_077; offset++) {
      assertThat(offsets.add(offset)).isTrue();
    }

    assertThat(offsets.allocatedChunks()).isEqualTo(1);
    assertThat(offsets.contains(500_000)).isTrue();
    assertThat(offsets.add(500_000)).isFalse();
  }
}
