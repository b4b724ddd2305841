package dev.brigade.worker;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one order costs in its partition's tracker: registered once, completed once. */
@State(Scope.Thread)
public class OffsetTrackerBenchmark {
  private static final int BEHIND_SLOW_HEAD = 10_000;

  private final OffsetTracker tracker = new OffsetTracker();
  private long next;

  @Benchmark
  public long inOrder() {
    tracker.register(next);
    tracker.complete(next);
    return next++;
  }

  /** The oldest order ends last: then the watermark passes all the others at once. */
  @Benchmark
  @OperationsPerInvocation(BEHIND_SLOW_HEAD)
  public long behindSlowHead() {
    long head = next;
    next += BEHIND_SLOW_HEAD;
    for (long offset = head; offset < next; offset++) {
      tracker.register(offset);
    }
    for (long offset = head + 1; offset < next; offset++) {
      tracker.complete(offset);
    }
    tracker.complete(head);
    return tracker.watermark();
  }

  @Benchmark
  public long atRandom(InFlight orders) {
    return orders.replaceOne();
  }

  /** Always as many orders in flight: each one that ends, at random, makes room for the next. */
  @State(Scope.Thread)
  public static class InFlight {
    @Param({"1000", "10000"})
    public int inFlight;

    private final OffsetTracker tracker = new OffsetTracker();
    private final SplittableRandom random = new SplittableRandom(7);
    private long[] open = {};
    private long next;

    @Setup
    public void fill() {
      open = new long[inFlight];
      for (int i = 0; i < inFlight; i++) {
        tracker.register(next);
        open[i] = next++;
      }
    }

    private long replaceOne() {
      int ends = random.nextInt(open.length);
      tracker.complete(open[ends]);
      tracker.register(next);
      open[ends] = next++;
      return tracker.watermark();
    }
  }
}
