package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class OffsetRingTest {
  /** Bits the ring has room for before it grows. */
  private static final int ROOM = 1_024;

  @RepeatedTest(30)
  void agreesWithABitSetWhileItsWindowMovesUpAndGrows(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    OffsetRing ring = new OffsetRing();
    BitSet model = new BitSet();
    int from = random.nextInt(200);
    int to = from;
    for (int step = 0; step < 300; step++) {
      int width = random.nextInt(random.nextInt(20) == 0 ? 5 * ROOM : ROOM + 1);
      int newTo = Math.max(to, from + width);
      ring.reserve(from, to, newTo);
      to = newTo;
      for (int i = random.nextInt(60); i > 0 && to > from; i--) {
        int offset = from + random.nextInt(to - from);
        int end = Math.min(to, offset + 1 + random.nextInt(random.nextInt(3) == 0 ? 200 : 3));
        for (int each = offset; each < end; each++) {
          ring.set(each);
        }
        model.set(offset, end);
      }
      check(ring, model, from, to, random);
      int moved = from + random.nextInt(to - from + 1);
      ring.clear(from, moved);
      model.clear(from, moved);
      from = moved;
      check(ring, model, from, to, random);
    }
  }

  private static void check(OffsetRing ring, BitSet model, int from, int to, Random random) {
    for (int offset = from; offset < to; offset++) {
      assertThat(ring.get(offset)).isEqualTo(model.get(offset));
    }
    for (int i = 0; i < 20; i++) {
      int start = from + random.nextInt(to - from + 1);
      int end = start + random.nextInt(to - start + 1);
      int set = model.nextSetBit(start);
      assertThat(ring.nextSet(start, end)).isEqualTo(set < 0 ? end : Math.min(set, end));
      assertThat(ring.nextClear(start, end)).isEqualTo(Math.min(model.nextClearBit(start), end));
      int count = Math.min(to - start, random.nextInt(32));
      long[] bits = model.get(start, start + count).toLongArray();
      assertThat(ring.bits(start, count)).isEqualTo(bits.length == 0 ? 0 : (int) bits[0]);
    }
  }
}
