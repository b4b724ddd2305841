package dev.brigade.audit;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/**
 * I6: whenever something is committed, before the offset or as done past it, its end is in the log;
 * offsets that carry no order count as done.
 */
final class CommitsBehindEnds implements Check {
  /** Between the clocks of brokers and observer, which runs on one of their machines. */
  private static final Duration CLOCKS = Duration.ofSeconds(1);

  private final Tally tooEarly =
      new Tally(Invariant.I6, "orders were committed before their end was in the log");
  private final Tally wentBack = new Tally(Invariant.I6, "committed offsets went back");

  @Override
  public List<Violation> check(Evidence evidence) {
    for (PartitionEvidence partition : evidence.partitions()) {
      new OfPartition(partition, new PartitionSamples(evidence, partition.partition())).check();
    }
    return Tally.violations(tooEarly, wentBack);
  }

  private final class OfPartition {
    private final PartitionEvidence partition;
    private final PartitionSamples samples;
    private final BitSet reported = new BitSet();
    private long committed;

    /** Orders before this one were looked at. */
    private int next;

    OfPartition(PartitionEvidence partition, PartitionSamples samples) {
      this.partition = partition;
      this.samples = samples;
    }

    void check() {
      for (int at = 0; at < samples.size(); at++) {
        long offset = samples.get(at).offset();
        if (offset >= committed || isNewBeginning(at)) {
          committed = offset;
          before(at);
          pastIt(at);
        }
      }
    }

    /**
     * Whether to believe that the offset went back.
     *
     * @return false if it was an old answer, which says nothing
     */
    private boolean isNewBeginning(int at) {
      if (samples.mayGoBack(at)) {
        return true;
      }
      if (samples.isUncertain(at)
          && at + 1 < samples.size()
          && samples.get(at + 1).offset() >= committed) {
        return false;
      }
      wentBack.add(
          "partition %d from %d to %d at %s",
          partition.partition(), committed, samples.get(at).offset(), samples.time(at));
      return true;
    }

    private void before(int at) {
      List<OrderSeen> orders = partition.orders();
      for (; next < orders.size() && orders.get(next).offset() < committed; next++) {
        require(next, at);
      }
    }

    private void pastIt(int at) {
      if (samples.get(at).metadata().isEmpty()) {
        return;
      }
      CompletedSet completed = samples.completed(at);
      long latest = samples.time(at).plus(CLOCKS).toEpochMilli();
      List<OrderSeen> orders = partition.orders();
      for (int order = partition.firstFrom(committed); order < orders.size(); order++) {
        if (orders.get(order).appendedAt() > latest) {
          break;
        }
        if (completed.contains(orders.get(order).offset())) {
          require(order, at);
        }
      }
    }

    private void require(int order, int at) {
      boolean excused =
          samples.isUncertain(at) && at + 1 < samples.size() && isEnded(order, at + 1);
      if (!isEnded(order, at) && !excused && !reported.get(order)) {
        reported.set(order);
        tooEarly.add(
            "order %s at %s, committed %d",
            partition.place(order), samples.time(at), samples.get(at).offset());
      }
    }

    private boolean isEnded(int order, int at) {
      CommitSample.Committed sample = samples.get(at);
      return partition.meals().isBefore(order, sample.meals())
          || partition.deadLetters().isBefore(order, sample.deadLetters());
    }
  }
}
