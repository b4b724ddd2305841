package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentIdsTest {
  @Test
  void itRemembersExactlyTheLastOnes() {
    // Given a memory with colliding buckets and a plain model of it
    int capacity = 1 << 13;
    RecentIds recent = new RecentIds(capacity);
    Map<Long, Long> model =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > capacity;
          }
        };
    Random random = new Random(3);

    for (long line = 1; line <= 100_000; line++) {
      // When
      long id = random.nextInt(30_000) * 512L;
      int entry = recent.find(id);

      // Then
      assertThat(entry >= 0).isEqualTo(model.containsKey(id));
      if (entry >= 0) {
        assertThat(recent.line(entry)).isEqualTo(model.get(id));
        assertThat(recent.body(entry)).isEqualTo(~id);
      } else {
        recent.add(id, ~id, line);
        model.put(id, line);
      }
    }
  }

  @Test
  void aMillionOrdersAreRememberedAndTheOldestForgottenFirst() {
    RecentIds recent = new RecentIds(RecentIds.CAPACITY);

    for (long line = 1; line <= 1_500_000; line++) {
      recent.add(Hash64.of("order-" + line), line, line);
    }

    assertThat(recent.find(Hash64.of("order-1500000"))).isNotNegative();
    assertThat(recent.find(Hash64.of("order-500001"))).isNotNegative();
    assertThat(recent.find(Hash64.of("order-400000"))).isNegative();
    assertThat(recent.line(recent.find(Hash64.of("order-777777")))).isEqualTo(777_777);
  }

  @Test
  void aCapacityThatIsNoPowerOfTwoIsRefused() {
    assertThatThrownBy(() -> new RecentIds(1000)).isInstanceOf(IllegalArgumentException.class);
  }
}
