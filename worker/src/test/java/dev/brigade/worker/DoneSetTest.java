package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoneSetTest {
  /** The default of the brokers' offset.metadata.max.bytes. */
  private static final int CAPACITY = 4_096;

  /** Of so many characters, three are the head. */
  private static final int BITMAP_BITS = (CAPACITY - 3) * 15;

  @RepeatedTest(400)
  void whatFitsIsReadBackAndWhatDoesNotIsCutOffAtTheFarEnd(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    BitSet done = Trackers.randomSet(random, 1 + random.nextInt(1 << 2 + random.nextInt(16)));
    long watermark = random.nextLong(1L << 50);
    OffsetTracker tracker = Trackers.with(watermark, done);
    int capacity = random.nextInt(random.nextBoolean() ? CAPACITY : 100);
    String text = DoneSet.encode(tracker, capacity);
    BitSet read = DoneSet.decode(watermark, text);
    assertThat(text.length()).isLessThanOrEqualTo(capacity);
    if (DoneSet.chars(tracker) <= capacity) {
      assertThat(read).isEqualTo(done);
      assertThat((long) text.length()).as("predicted").isEqualTo(DoneSet.chars(tracker));
    } else {
      assertThat(read).as("all up to there").isEqualTo(done.get(0, read.length()));
      int asBitmap = Math.max(0, (capacity - 3) * 15 + 1);
      assertThat(read.cardinality())
          .as("no less than a bitmap tells")
          .isGreaterThanOrEqualTo(done.get(0, asBitmap).cardinality());
    }
  }

  @RepeatedTest(50)
  void whatIsPaddedSaysTheSameAndIsAsLongAsTheCapacity(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    BitSet done = Trackers.randomSet(random, random.nextInt(1 << 2 + random.nextInt(14)));
    OffsetTracker tracker = Trackers.with(9, done);
    String text = DoneSet.encodePadded(tracker, CAPACITY);
    assertThat(text).hasSize(CAPACITY);
    assertThat(DoneSet.decode(9, text)).isEqualTo(done);
  }

  @RepeatedTest(100)
  void itNeverBecomesLongerThanForetoldWhateverOrderTheOpenOrdersEndIn(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    OffsetTracker tracker = new OffsetTracker();
    tracker.begin(100, Trackers.randomSet(random, random.nextInt(200)));
    List<Long> open = new ArrayList<>();
    for (long offset = 100; offset < 100 + random.nextInt(2, 600); offset++) {
      if (tracker.register(offset)) {
        open.add(offset);
      }
    }
    // In bursts of every second one, or at random
    Collections.shuffle(open, random);
    if (random.nextBoolean()) {
      open.sort((a, b) -> Long.compare(b % 2, a % 2));
    }
    long foretold = DoneSet.charsAtMost(tracker);
    for (long offset : open) {
      tracker.complete(offset);
      assertThat(DoneSet.chars(tracker)).isLessThanOrEqualTo(foretold);
    }
  }

  @Test
  void whatIsForetoldIsReachedInTheWorstOrder() {
    OffsetTracker tracker = new OffsetTracker();
    for (int offset = 0; offset <= 100_000; offset++) {
      tracker.register(offset);
    }
    for (int offset = 1; offset <= 90_000; offset++) {
      tracker.complete(offset);
    }
    long foretold = DoneSet.charsAtMost(tracker);
    for (int offset = 90_002; offset <= 100_000; offset += 2) {
      tracker.complete(offset);
    }
    assertThat(DoneSet.chars(tracker)).isEqualTo(foretold);
  }

  @Test
  void whatLiesBeyondTheReachIsNotToldThoughItsPlaceIsTaken() {
    // Given a ring that is full, so that what comes after the last offset is the first one again
    BitSet done = new BitSet();
    IntStream.range(0, 512).forEach(i -> done.set(2 * i + 1));
    assertThat(done.length()).isEqualTo(1_024);
    assertThat(DoneSet.decode(7, DoneSet.encode(Trackers.with(7, done), CAPACITY))).isEqualTo(done);
  }

  @Test
  void everySecondOffsetReachesAsFarAsThereAreBits() {
    BitSet done = new BitSet();
    for (int i = 1; i < 100_000; i += 2) {
      done.set(i);
    }
    String text = DoneSet.encode(Trackers.with(7, done), CAPACITY);
    assertThat(text).hasSize(CAPACITY);
    assertThat(DoneSet.decode(7, text)).isEqualTo(done.get(0, BITMAP_BITS + 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 1_000_000})
  void allThatIsDoneBehindOneStuckOrderTakesAFewCharacters(int behind) {
    BitSet done = new BitSet();
    done.set(1, 1 + behind);
    String text = DoneSet.encode(Trackers.with(7, done), CAPACITY);
    assertThat(text).hasSizeLessThan(10);
    assertThat(DoneSet.decode(7, text)).isEqualTo(done);
  }

  @Test
  void aMillionOffsetsBehindThousandsOfOpenOrdersFit() {
    Random random = new Random(11);
    BitSet done = new BitSet();
    done.set(1, 1_000_000);
    random.ints(2_400, 1, 1_000_000).forEach(done::clear);
    OffsetTracker tracker = Trackers.with(7, done);
    assertThat(DoneSet.chars(tracker)).isLessThanOrEqualTo(CAPACITY);
    assertThat(DoneSet.decode(7, DoneSet.encode(tracker, CAPACITY))).isEqualTo(done);
  }

  @Test
  void furtherThanAnyWindowIsNeitherWrittenNorBelieved() {
    OffsetTracker tracker = new OffsetTracker();
    tracker.register(7);
    tracker.register(7 + DoneSet.MAX_REACH + 100);
    BitSet expected = new BitSet();
    expected.set(1, (int) DoneSet.MAX_REACH);
    assertThat(DoneSet.decode(7, DoneSet.encode(tracker, CAPACITY))).isEqualTo(expected);
  }

  /** Other versions of Brigade read it: what it looks like is not to change unnoticed. */
  @Test
  void theTextIsTheOneOfVersionOne() {
    BitSet few = new BitSet();
    few.set(1, 3);
    few.set(5);
    assertThat(DoneSet.encode(Trackers.with(7, few), CAPACITY))
        .isEqualTo("\u080a\u82bc\u6e53\u0813");
    BitSet run = new BitSet();
    run.set(3, 1_000);
    assertThat(DoneSet.encode(Trackers.with(7, run), CAPACITY))
        .isEqualTo("\u080f\u5c4b\u0b1b\u0801\u2a06\u2680");
  }

  @Test
  void nothingDoneIsEmptyTextAndSoIsWhatHasNoRoom() {
    assertThat(DoneSet.encode(Trackers.with(7, new BitSet()), CAPACITY)).isEmpty();
    assertThat(DoneSet.chars(Trackers.with(7, new BitSet()))).isZero();
    assertThat(DoneSet.decode(7, "").isEmpty()).isTrue();
    BitSet one = new BitSet();
    one.set(1);
    assertThat(DoneSet.encode(Trackers.with(7, one), 0)).isEmpty();
    assertThat(DoneSet.encode(Trackers.with(7, one), 3)).isEmpty();
    assertThat(DoneSet.encode(Trackers.with(7, one), 4)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "b1.AAAAAAAA",
        "an operator's note",
        "\u0800",
        "\u0800\u0800\u0800\u0800",
        "\u0808",
        "\u0808\u0800\u0800\u0800",
        "\u0810\u0800\u0800\u0800",
        "\u87ff\u87ff\u87ff\u87ff",
        "\ud83c\udf54",
        "\ud800\ud800"
      })
  void foreignTextCountsAsNothingDone(String text) {
    assertThat(DoneSet.decode(7, text).isEmpty()).isTrue();
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    Random random = new Random(5);
    BitSet dense = Trackers.randomSet(random, 200);
    BitSet sparse = new BitSet();
    IntStream.of(400, 4_000, 90_000, 91_000).forEach(at -> sparse.set(at, at + 100));
    for (BitSet done : List.of(dense, sparse)) {
      String text = DoneSet.encode(Trackers.with(7, done), CAPACITY);
      assertThat(DoneSet.decode(7, text)).isEqualTo(done);
      for (int at = 0; at < text.length(); at++) {
        for (int bit = 0; bit < Character.SIZE; bit++) {
          char other = (char) (text.charAt(at) ^ 1 << bit);
          String damaged = text.substring(0, at) + other + text.substring(at + 1);
          assertThat(DoneSet.decode(7, damaged).isEmpty()).as("%s, bit %s", at, bit).isTrue();
        }
        String shorter = text.substring(0, at) + text.substring(at + 1);
        assertThat(DoneSet.decode(7, shorter).isEmpty()).as("without %s", at).isTrue();
      }
      assertThat(DoneSet.decode(7, text + "\u0800").isEmpty()).as("longer").isTrue();
      assertThat(DoneSet.decode(8, text).isEmpty()).as("another offset").isTrue();
    }
  }
}
