package dev.brigade.worker;

import java.util.BitSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What commit metadata costs: written per partition and commit, read when one is taken over. */
@State(Scope.Thread)
public class DoneSetBenchmark {
  private static final long WATERMARK = 1_000_000;
  private static final int BEHIND_SLOW_HEAD = 60_000;

  /** What brokers take by default. */
  private static final int CAPACITY = 4_096;

  /** How what is done lies past the watermark. */
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
      for (int i = 1; step > 0 && i < BEHIND_SLOW_HEAD; i += step) {
        done.set(i);
      }
      return done;
    }
  }

  @Param public Pattern done = Pattern.EMPTY;

  private final OffsetTracker tracker = new OffsetTracker();
  private String metadata = "";

  @Setup
  public void write() {
    for (int i = 0; i < BEHIND_SLOW_HEAD; i++) {
      tracker.register(WATERMARK + i);
    }
    done.done().stream().forEach(i -> tracker.complete(WATERMARK + i));
    metadata = DoneSet.encode(tracker, CAPACITY);
  }

  /** As intake asks at each turn. */
  @Benchmark
  public long size() {
    return DoneSet.charsAtMost(tracker);
  }

  @Benchmark
  public String encode() {
    return DoneSet.encode(tracker, CAPACITY);
  }

  @Benchmark
  public BitSet decode() {
    return DoneSet.decode(WATERMARK, metadata);
  }
}
