package dev.brigade.audit;

import java.util.List;
import java.util.TreeSet;

/**
 * I8: with exactly-once, every end that a reader of committed records could see is covered by what
 * was committed then. The other direction is I6.
 */
final class CommitsWithOutputs implements Check {
  private final Tally uncovered =
      new Tally(Invariant.I8, "ends were visible while their offsets were not committed");

  @Override
  public List<Violation> check(Evidence evidence) {
    if (evidence.history().delivery() == Delivery.EXACTLY_ONCE) {
      for (PartitionEvidence partition : evidence.partitions()) {
        new OfPartition(partition, new PartitionSamples(evidence, partition.partition())).check();
      }
    }
    return Tally.violations(uncovered);
  }

  private final class OfPartition {
    private final PartitionEvidence partition;
    private final PartitionSamples samples;

    /** Of the orders whose ends are visible, those past the committed offset. */
    private final TreeSet<Long> visible = new TreeSet<>();

    private int meals;
    private int deadLetters;

    OfPartition(PartitionEvidence partition, PartitionSamples samples) {
      this.partition = partition;
      this.samples = samples;
    }

    void check() {
      for (int at = 0; at < samples.size(); at++) {
        CommitSample.Committed sample = samples.get(at);
        meals = see(partition.meals().all, meals, sample.visibleMeals());
        deadLetters = see(partition.deadLetters().all, deadLetters, sample.visibleDeadLetters());
        visible.headSet(sample.offset()).clear();
        if (samples.mayGoBack(at)) {
          visible.clear();
        }
        if (!visible.isEmpty()) {
          requireCovered(at);
        }
      }
    }

    /** Adds the ends from this number on that lie before the offset; returns the next number. */
    private int see(List<EndSeen> ends, int from, long before) {
      int next = from;
      while (next < ends.size() && ends.get(next).offset() < before) {
        long order = ends.get(next++).orderOffset();
        if (partition.number(order) >= 0) {
          visible.add(order);
        }
      }
      return next;
    }

    private void requireCovered(int at) {
      CompletedSet completed = samples.completed(at);
      boolean uncertain = samples.isUncertain(at) && at + 1 < samples.size();
      CompletedSet later = uncertain ? samples.completed(at + 1) : CompletedSet.NONE;
      long laterOffset = uncertain ? samples.get(at + 1).offset() : 0;
      for (long order : List.copyOf(visible)) {
        boolean excused = uncertain && (order < laterOffset || later.contains(order));
        if (!completed.contains(order) && !excused) {
          visible.remove(order);
          uncovered.add(
              "order %s at %s, committed %d",
              partition.place(order), samples.time(at), samples.get(at).offset());
        }
      }
    }
  }
}
