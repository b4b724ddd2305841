package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class RunCodingTest {
  private static final int FAR = 1_000;

  @Test
  void theSizeNeverFallsWithMoreRunsOrALongerReach() {
    for (int runs = 1; runs < 300; runs++) {
      for (long reach = 2L * runs; reach < 3_000; reach += 7) {
        long bits = RunCoding.bits(runs, reach);
        assertThat(RunCoding.bits(runs + 1, reach)).isGreaterThanOrEqualTo(bits);
        assertThat(RunCoding.bits(runs, reach + 1)).isGreaterThanOrEqualTo(bits);
      }
    }
  }

  @Test
  void noOtherWidthWouldBeSmaller() {
    for (int runs = 1; runs < 60; runs++) {
      for (long reach = 2L * runs; reach < 100_000; reach += reach / 3 + 1) {
        for (int width = 0; width < 20; width++) {
          assertThat(RunCoding.bits(runs, reach))
              .isLessThanOrEqualTo(20 + 2L * runs * (width + 1) + (reach >>> width));
        }
      }
    }
  }

  @Test
  void moreRunsThanCanBeCountedDoNotFit() {
    assertThat(RunCoding.bits(32_767, 100_000)).isLessThan(1_000_000);
    assertThat(RunCoding.bits(32_768, 100_000)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRunThatDoesNotFitIsCutShortAsLittleAsPossible() {
    BitSet done = new BitSet();
    done.set(2, 4);
    done.set(100, 500_000);
    OffsetTracker tracker = Trackers.with(1L << 40, done);
    long needed = RunCoding.bits(2, 500_000);
    assertThat(RunCoding.fit(tracker, tracker.reach(), needed))
        .isEqualTo(new RunCoding.Extent(2, 500_000));
    RunCoding.Extent cut = RunCoding.fit(tracker, tracker.reach(), needed - 2);
    assertThat(cut.runs()).isEqualTo(2);
    assertThat(RunCoding.bits(2, cut.reach())).isLessThanOrEqualTo(needed - 2);
    assertThat(RunCoding.bits(2, cut.reach() + 1)).isGreaterThan(needed - 2);
    // Where not even its beginning fits, it is left out
    assertThat(RunCoding.fit(tracker, tracker.reach(), RunCoding.bits(1, 4)))
        .isEqualTo(new RunCoding.Extent(1, 4));
    assertThat(RunCoding.fit(tracker, tracker.reach(), 0)).isEqualTo(RunCoding.Extent.NOTHING);
  }

  @Test
  void boundariesThatDoNotRiseOrReachTooFarAreRefused() {
    assertThat(read(3, 5).cardinality()).isEqualTo(2);
    assertThat(read(3, FAR).cardinality()).isEqualTo(FAR - 3);
    assertThatIllegalArgumentException().isThrownBy(() -> read(3, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> read(0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> read(3, FAR + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> read(5, 3));
  }

  @Test
  void textThatEndsTooSoonIsRefused() {
    PackedWriter text = new PackedWriter(2);
    text.write(9, 15);
    text.write(4, 5);
    text.end();
    PackedReader reader = new PackedReader(text.toString());
    assertThatIllegalArgumentException().isThrownBy(() -> RunCoding.read(reader, FAR));
  }

  /** One run with these boundaries, which differ in the 11 low bits only. */
  private static BitSet read(int start, int end) {
    PackedWriter text = new PackedWriter(8);
    text.write(1, 15);
    text.write(11, 5);
    for (int boundary : new int[] {start, end}) {
      text.writeUnary(0);
      text.write(boundary, 11);
    }
    text.end();
    return RunCoding.read(new PackedReader(text.toString()), FAR);
  }
}
