package dev.brigade.worker;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What commit metadata costs: written per partition and commit, read when one is taken over. */
@State(Scope.Thread)
public class DoneSetBenchmark {
  private static final long WATERMARK = 1_000_000;

  /** How what is done lies past the watermark, as far as metadata reaches. */
  public enum Pattern {
    EMPTY(0),
    /** One offset of 100. */
    SPARSE(100),
    /** Every second offset: the most there is to write. */
    ALTERNATING(2);

    private final int step;

    Pattern(int step) {
      this.step = step;
    }

    private BitSet done() {
      BitSet done = new BitSet();
      for (int i = 1; step > 0 && i < DoneSet.MAX_OFFSETS; i += step) {
        done.set(i);
      }
      return done;
    }
  }

  @Param public Pattern done = Pattern.EMPTY;

  private final OffsetTracker tracker = new OffsetTracker();
  private BitSet bits = new BitSet();
  private String metadata = "";

  @Setup
  public void write() {
    bits = done.done();
    metadata = DoneSet.encode(WATERMARK, bits);
    for (int i = 0; i < DoneSet.MAX_OFFSETS; i++) {
      tracker.register(WATERMARK + i);
    }
    bits.stream().forEach(i -> tracker.complete(WATERMARK + i));
  }

  /** As a commit collects it from the tracker: only if there is anything. */
  @Benchmark
  public @Nullable BitSet collect() {
    return tracker.hasDonePastWatermark() ? tracker.donePastWatermark(DoneSet.MAX_OFFSETS) : null;
  }

  @Benchmark
  public String encode() {
    return DoneSet.encode(WATERMARK, bits);
  }

  @Benchmark
  public BitSet decode() {
    return DoneSet.decode(WATERMARK, metadata);
  }
}
