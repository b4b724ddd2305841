package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTrackerTest {
  private final OffsetTracker tracker = new OffsetTracker();

  @Test
  void theWatermarkIsUnknownBeforeTheFirstOrder() {
    assertThat(tracker.watermark()).isEqualTo(OffsetTracker.UNKNOWN);
    assertThat(tracker.end()).isEqualTo(OffsetTracker.UNKNOWN);
  }

  @Test
  void theWatermarkStaysAtTheFirstOpenOffset() {
    tracker.register(10);
    tracker.register(11);
    tracker.register(12);
    tracker.complete(11);
    tracker.complete(12);
    assertThat(tracker.watermark()).isEqualTo(10);
    tracker.complete(10);
    assertThat(tracker.watermark()).isEqualTo(13);
  }

  @Test
  void offsetsWithoutAnOrderCountAsDone() {
    tracker.register(5);
    tracker.register(9);
    tracker.complete(5);
    assertThat(tracker.watermark()).isEqualTo(9);
    tracker.complete(9);
    tracker.register(20);
    assertThat(tracker.watermark()).isEqualTo(20);
  }

  @Test
  void thePositionCountsOnlyWhenNothingIsOpen() {
    tracker.register(5);
    tracker.advanceTo(9);
    assertThat(tracker.watermark()).isEqualTo(5);
    tracker.complete(5);
    tracker.advanceTo(9);
    assertThat(tracker.watermark()).isEqualTo(9);
    tracker.advanceTo(7);
    assertThat(tracker.watermark()).as("never back").isEqualTo(9);
  }

  @Test
  void anOffsetCompletedTwiceOrNeverReadIsAMistake() {
    tracker.register(5);
    tracker.register(6);
    tracker.complete(6);
    assertThatIllegalStateException().isThrownBy(() -> tracker.complete(6));
    assertThatIllegalStateException().isThrownBy(() -> tracker.complete(4));
    assertThatIllegalStateException().isThrownBy(() -> tracker.complete(7));
    assertThatIllegalArgumentException().isThrownBy(() -> tracker.register(6));
  }

  @Test
  void whatAnEarlierHolderDidIsPassedOver() {
    BitSet done = new BitSet();
    done.set(1);
    done.set(3, 5);
    tracker.begin(10, done);
    assertThat(tracker.register(10)).isTrue();
    assertThat(tracker.register(11)).isFalse();
    assertThat(tracker.donePastWatermark(100)).as("read or not").isEqualTo(done);
    assertThat(tracker.register(12)).isTrue();
    tracker.complete(10);
    assertThat(tracker.watermark()).isEqualTo(12);
    assertThat(tracker.register(13)).isFalse();
    assertThat(tracker.register(14)).isFalse();
    tracker.complete(12);
    assertThat(tracker.watermark()).isEqualTo(15);
    assertThat(tracker.hasDonePastWatermark()).isFalse();
    assertThat(tracker.register(15)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void nothingIsForgottenOrCookedTwiceOverManyHolders(long seed) {
    Random random = new Random(seed);
    long end = 5_000;
    Map<Long, Integer> cooked = new HashMap<>();
    long committed = 0;
    BitSet done = new BitSet();
    while (committed < end) {
      // Given a holder that begins where the last one committed
      OffsetTracker holder = new OffsetTracker();
      holder.begin(committed, done);
      List<Long> open = new ArrayList<>();
      long next = committed;
      int steps = random.nextInt(2_000);
      for (int step = 0; step < steps; step++) {
        if (next < end && random.nextBoolean()) {
          if (holder.register(next)) {
            open.add(next);
          }
          next++;
        } else if (!open.isEmpty()) {
          long offset = open.remove(random.nextInt(open.size()));
          cooked.merge(offset, 1, Integer::sum);
          holder.complete(offset);
        }
      }
      // When it commits at its end
      committed = holder.watermark();
      done = DoneSet.decode(committed, DoneSet.encode(committed, holder.donePastWatermark(9_999)));
    }
    // Then every offset was cooked exactly once
    assertThat(cooked).hasSize((int) end);
    assertThat(cooked.values()).containsOnly(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithANaiveModelOverRandomHistories(long seed) {
    Random random = new Random(seed);
    TreeSet<Long> open = new TreeSet<>();
    long next = random.nextInt(3) == 0 ? (1L << 40) + random.nextInt(100) : random.nextInt(100);
    long naiveWatermark = OffsetTracker.UNKNOWN;
    int burst = 1 + random.nextInt(3_000);
    for (int step = 0; step < 20_000; step++) {
      boolean read = open.isEmpty() || (open.size() < burst && random.nextBoolean());
      if (read) {
        next += random.nextInt(20) == 0 ? random.nextInt(300) : 0;
        if (open.isEmpty()) {
          naiveWatermark = next;
        }
        tracker.register(next);
        open.add(next);
        next++;
      } else {
        List<Long> all = new ArrayList<>(open);
        // Mostly not the first one, so that windows grow wide.
        long offset = all.get(random.nextInt(8) == 0 ? 0 : random.nextInt(all.size()));
        tracker.complete(offset);
        open.remove(offset);
        naiveWatermark = open.isEmpty() ? next : Math.max(naiveWatermark, open.first());
      }
      assertThat(tracker.watermark()).isEqualTo(naiveWatermark);
      assertThat(tracker.window()).isEqualTo(next - naiveWatermark);
    }
  }
}
