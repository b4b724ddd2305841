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
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
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
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tracker.register(6))
        .withMessage("offset 6 comes after 6");
  }

  @Test
  void whatAnEarlierHolderDidIsPassedOver() {
    BitSet done = new BitSet();
    done.set(1);
    done.set(3, 5);
    tracker.begin(10, done);
    assertThat(tracker.register(10)).isTrue();
    assertThat(tracker.register(11)).isFalse();
    assertThat(Trackers.doneOf(tracker)).as("read or not").isEqualTo(done);
    assertThat(tracker.register(12)).isTrue();
    tracker.complete(10);
    assertThat(tracker.watermark()).isEqualTo(12);
    assertThat(tracker.register(13)).isFalse();
    assertThat(tracker.register(14)).isFalse();
    tracker.complete(12);
    assertThat(tracker.watermark()).isEqualTo(15);
    assertThat(tracker.runs()).isZero();
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
      done = DoneSet.decode(committed, DoneSet.encode(holder, 4_096));
    }
    // Then every offset was cooked exactly once
    assertThat(cooked).hasSize((int) end);
    assertThat(cooked.values()).containsOnly(1);
  }

  @Test
  void whatIsDoneAtTheWatermarkItselfIsPassedAtOnceAndAgainWhenItIsRead() {
    BitSet done = new BitSet();
    done.set(0, 2);
    tracker.begin(10, done);
    assertThat(tracker.watermark()).isEqualTo(12);
    assertThat(tracker.window()).isZero();
    assertThat(tracker.register(10)).isFalse();
    assertThat(tracker.register(11)).isFalse();
    assertThat(tracker.register(12)).isTrue();
    assertThat(tracker.watermark()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_022, 1_023, 1_024, 1_025, 2_048})
  void theFirstOffsetThatHasNoRoomTakesNobodysPlace(int far) {
    for (int offset = 0; offset <= far; offset++) {
      tracker.register(offset);
    }
    tracker.complete(far);
    BitSet expected = new BitSet();
    expected.set(far);
    assertThat(Trackers.doneOf(tracker)).isEqualTo(expected);
    tracker.complete(0);
    assertThat(tracker.watermark()).isEqualTo(1);
    // And one past the first window, with a gap that carries no order
    tracker.register(far + 3);
    expected.clear();
    expected.set(far - 1, far + 2);
    assertThat(Trackers.doneOf(tracker)).isEqualTo(expected);
  }

  @Test
  void theRevisionChangesWithWhatIsDoneAndOnlyThen() {
    long begun = tracker.revision();
    tracker.register(5);
    long first = tracker.revision();
    assertThat(first).as("the watermark is known").isNotEqualTo(begun);
    tracker.register(6);
    assertThat(tracker.revision()).as("one more is open").isEqualTo(first);
    tracker.complete(6);
    long past = tracker.revision();
    assertThat(past).isNotEqualTo(first);
    tracker.register(9);
    long gap = tracker.revision();
    assertThat(gap).as("7 and 8 carry no order").isNotEqualTo(past);
    tracker.complete(5);
    long on = tracker.revision();
    assertThat(on).isNotEqualTo(gap);
    tracker.complete(9);
    long all = tracker.revision();
    assertThat(all).isNotEqualTo(on);
    tracker.advanceTo(10);
    assertThat(tracker.revision()).as("nothing new").isEqualTo(all);
    tracker.advanceTo(12);
    assertThat(tracker.revision()).isNotEqualTo(all);
  }

  @RepeatedTest(60)
  void agreesWithANaiveModelOverRandomHistories(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    long first = random.nextInt(3) == 0 ? (1L << 40) + random.nextInt(100) : random.nextInt(100);
    NaiveTracker naive = new NaiveTracker(first);
    if (random.nextBoolean()) {
      BitSet remembered = Trackers.randomSet(random, random.nextInt(1, 5_000));
      remembered.set(0, random.nextInt(3));
      tracker.begin(first, remembered);
      remembered.stream().forEach(bit -> naive.done.add(first + bit));
    }
    long next = first;
    int burst = 1 + random.nextInt(3_000);
    int mostlyTheFirst = 1 + random.nextInt(8);
    for (int step = 0; step < 6_000; step++) {
      boolean read = naive.open.isEmpty() || (naive.open.size() < burst && random.nextInt(5) < 3);
      if (read) {
        next += random.nextInt(20) == 0 ? random.nextInt(300) : 0;
        if (naive.open.isEmpty() && random.nextInt(9) == 0) {
          tracker.advanceTo(next);
          naive.readTo(next);
        }
        assertThat(tracker.register(next)).isEqualTo(naive.register(next));
        next++;
      } else {
        long offset =
            random.nextInt(mostlyTheFirst) == 0 ? naive.open.first() : naive.anyOpen(random, next);
        tracker.complete(offset);
        naive.complete(offset);
      }
      assertThat(tracker.watermark()).isEqualTo(naive.watermark());
      assertThat(tracker.end()).isEqualTo(next);
      assertThat(tracker.open()).isEqualTo(naive.open.size());
      assertThat(tracker.window()).isEqualTo(Math.max(0, next - naive.watermark()));
      if (step % 50 == 0 || step < 200) {
        BitSet done = naive.donePastWatermark();
        assertThat(Trackers.doneOf(tracker)).as("step %s", step).isEqualTo(done);
        assertThat(tracker.reach()).isEqualTo(done.length());
        assertThat(tracker.runs()).isEqualTo(NaiveTracker.runs(done));
      }
    }
  }

  /** The same in sorted sets, as plainly as can be. */
  private static final class NaiveTracker {
    final TreeSet<Long> open = new TreeSet<>();
    final TreeSet<Long> done = new TreeSet<>();
    private long position;
    private long passed;

    NaiveTracker(long first) {
      position = first;
      passed = first;
    }

    boolean register(long offset) {
      readTo(offset);
      position = offset + 1;
      return !done.contains(offset) && open.add(offset);
    }

    void readTo(long offset) {
      for (; position < offset; position++) {
        done.add(position);
      }
    }

    void complete(long offset) {
      open.remove(offset);
      done.add(offset);
    }

    long anyOpen(Random random, long end) {
      Long above = open.ceiling(open.first() + random.nextLong(end - open.first()));
      return above == null ? open.last() : above;
    }

    long watermark() {
      while (done.contains(passed)) {
        passed++;
      }
      return passed;
    }

    BitSet donePastWatermark() {
      BitSet bits = new BitSet();
      long watermark = watermark();
      done.tailSet(watermark).forEach(offset -> bits.set((int) (offset - watermark)));
      return bits;
    }

    static int runs(BitSet bits) {
      return (int) bits.stream().filter(bit -> bit == 0 || !bits.get(bit - 1)).count();
    }
  }
}
