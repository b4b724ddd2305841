package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoneSetTest {
  /** The default of the brokers' offset.metadata.max.bytes. */
  private static final int BROKER_LIMIT = 4_096;

  @RepeatedTest(20)
  void whatWasWrittenIsReadBack(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    BitSet done = new BitSet();
    int bits = 1 + random.nextInt(DoneSet.MAX_OFFSETS);
    for (int i = 0; i < bits; i++) {
      done.set(i, random.nextBoolean());
    }
    done.set(bits - 1);
    long watermark = random.nextLong(1L << 50);
    String text = DoneSet.encode(watermark, done);
    assertThat(text).hasSizeLessThanOrEqualTo(BROKER_LIMIT);
    assertThat(DoneSet.decode(watermark, text)).isEqualTo(done);
  }

  @Test
  void whatIsTooFarAwayIsLeftOutAndTheRestFits() {
    BitSet done = new BitSet();
    done.set(1, 100_000);
    String text = DoneSet.encode(7, done);
    assertThat(text).hasSizeLessThanOrEqualTo(BROKER_LIMIT);
    BitSet expected = new BitSet();
    expected.set(1, DoneSet.MAX_OFFSETS);
    assertThat(DoneSet.decode(7, text)).isEqualTo(expected);
  }

  @Test
  void nothingDoneIsEmptyText() {
    assertThat(DoneSet.encode(7, new BitSet())).isEmpty();
    assertThat(DoneSet.decode(7, "").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "b1.", "b1.AA", "b1.####", "b2.AAAAAAAA", "b1.AAAAAAAAAAAA"})
  void foreignTextCountsAsNothingDone(String text) {
    assertThat(DoneSet.decode(7, text).isEmpty()).isTrue();
  }

  @Test
  void everyChangedCharacterIsNoticedAndSoIsAnotherOffset() {
    BitSet done = new BitSet();
    done.set(1, 40);
    String text = DoneSet.encode(7, done);
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'Q' ? 'R' : 'Q';
      String damaged = text.substring(0, i) + other + text.substring(i + 1);
      // The last character's unused low bits carry nothing, so that a change there may be none.
      if (i < text.length() - 1) {
        assertThat(DoneSet.decode(7, damaged).isEmpty()).as("character %s", i).isTrue();
      }
    }
    assertThat(DoneSet.decode(8, text).isEmpty()).isTrue();
  }
}
