package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class HoldingTest {
  @RepeatedTest(100)
  void isReadBackAndEveryChangedBitIsNoticed(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    long watermark = random.nextLong(1L << 50);
    Holding holding =
        new Holding(
            random.nextBoolean(),
            random.nextInt(Holding.MAX_CRASHES + 1),
            watermark + random.nextLong(Holding.MAX_SPAN + 1));
    String text = holding.encode(watermark);
    assertThat(text).hasSize(Holding.CHARS);
    assertThat(Holding.decode(watermark, text + "and more")).isEqualTo(holding);
    assertThat(Holding.doneSet(watermark, text + "and more")).isEqualTo("and more");
    assertThat(Holding.decode(watermark + 1, text)).as("another offset").isNull();
    int at = random.nextInt(text.length());
    char other = (char) (text.charAt(at) ^ 1 << random.nextInt(Character.SIZE));
    String damaged = text.substring(0, at) + other + text.substring(at + 1);
    assertThat(Holding.decode(watermark, damaged)).isNull();
    assertThat(Holding.doneSet(watermark, damaged)).isEqualTo(damaged);
  }

  @Test
  void whatIsNoHoldingIsNotRead() {
    BitSet done = new BitSet();
    done.set(1, 100);
    String doneSet = DoneSet.encode(Trackers.with(7, done), 4_096);
    for (String text : List.of("", "x", "an operator's note", doneSet, "\u0800".repeat(6))) {
      assertThat(Holding.decode(7, text)).as(text).isNull();
      assertThat(Holding.doneSet(7, text)).isEqualTo(text);
    }
  }

  /** Workers of different builds take over from each other: the text of a version never changes. */
  @Test
  void theTextIsThatOfItsVersion() {
    Holding givenBack = new Holding(true, 2, 300);
    Holding held = new Holding(false, 2, 300);
    assertThat(givenBack.encode(7)).isEqualTo("\u0811\u0800\u0925\u0808\u0d7c\u7174");
    assertThat(held.encode(7)).isEqualTo("\u0810\u0800\u0925\u080b\u69ab\u7277");
  }

  @Test
  void moreThanFitsIsToldAsTheMost() {
    Holding holding = new Holding(false, Integer.MAX_VALUE, Long.MAX_VALUE);
    assertThat(Holding.decode(0, holding.encode(0)))
        .isEqualTo(new Holding(false, Holding.MAX_CRASHES, Holding.MAX_SPAN));
  }

  @Test
  void aHolderTellsHowFarItMayBegin() {
    Assignment assignment = read(0, 100);
    Holding held = holding(assignment);
    assertThat(held).isEqualTo(new Holding(false, 0, 100 + Progress.AHEAD));
    // What was committed last is new once half of it is used up
    assignment.committedHolding = held;
    assignment.committedRevision = assignment.tracker.revision();
    assertThat(Progress.isNew(assignment)).isFalse();
    assertThat(assignment.mayBegin(100 + Progress.AHEAD - 1)).isTrue();
    assertThat(assignment.mayBegin(100 + Progress.AHEAD)).isFalse();
    assignment.next = 100 + Progress.AHEAD / 2;
    assertThat(Progress.isNew(assignment)).isTrue();
  }

  @Test
  void onlyWhatIsOpenWaitsForACommit() {
    Assignment assignment = read(0, 100);
    assertThat(assignment.waitsForCommit()).as("nothing is read of it yet").isFalse();
    assignment.isOpen = true;
    assertThat(assignment.waitsForCommit()).isTrue();
    assignment.committedHolding = new Holding(false, 0, 100);
    assertThat(assignment.waitsForCommit()).isFalse();
    assignment.next = 100;
    assertThat(assignment.waitsForCommit()).isTrue();
  }

  @Test
  void whoGivesBackIsCleanOnceNothingIsInHands() {
    Assignment assignment = read(0, 100);
    assignment.begin();
    assignment.leave();
    assertThat(holding(assignment).clean()).isFalse();
    assignment.settle();
    assertThat(holding(assignment)).isEqualTo(new Holding(true, 0, 0));
    assignment.committedHolding = new Holding(false, 0, 100 + Progress.AHEAD);
    assignment.committedRevision = assignment.tracker.revision();
    assertThat(Progress.isNew(assignment)).isTrue();
  }

  @Test
  void deathsAreRememberedUntilTheirSuspectsHaveTheirEnds() {
    Assignment assignment = read(0, 100);
    assignment.crashes = 2;
    assignment.suspectsBefore = 2;
    assertThat(holding(assignment).crashes()).isEqualTo(2);
    assignment.leave();
    assertThat(holding(assignment)).isEqualTo(new Holding(true, 2, 2));
    assignment.tracker.complete(0);
    assertThat(holding(assignment).crashes()).isEqualTo(2);
    assignment.tracker.complete(1);
    assertThat(holding(assignment)).isEqualTo(new Holding(true, 0, 2));
  }

  @Test
  void suspectsBeyondWhatIsReadStaySuspects() {
    Assignment assignment = read(0, 1);
    assignment.crashes = 1;
    assignment.suspectsBefore = 10L * Progress.AHEAD;
    assertThat(holding(assignment).begunBefore()).isEqualTo(10L * Progress.AHEAD);
  }

  private static Holding holding(Assignment assignment) {
    return Progress.of(assignment, 4_096, false).holding();
  }

  private static Assignment read(long from, long to) {
    Assignment assignment = new Assignment(new TopicPartition("orders", 0));
    assignment.tracker.begin(from, new BitSet());
    for (long offset = from; offset < to; offset++) {
      assignment.tracker.register(offset);
    }
    return assignment;
  }
}
