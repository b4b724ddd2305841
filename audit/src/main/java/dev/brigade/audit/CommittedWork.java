package dev.brigade.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * I3: a worker does not cook what was committed before it took the partition over, past the
 * committed offset neither. How many ends came twice tells little where one fault follows the
 * other; this holds through all of them.
 */
final class CommittedWork implements Check {
  /** From reading what is committed to telling of the takeover, and between clocks. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final Tally cookedAgain =
      new Tally(Invariant.I3, "orders were cooked again though committed before the takeover");

  @Override
  public List<Violation> check(Evidence evidence) {
    Takeovers takeovers = new Takeovers(evidence.history().scan().activity());
    for (PartitionEvidence partition : evidence.partitions()) {
      check(evidence, takeovers, partition);
    }
    return Tally.violations(cookedAgain);
  }

  private void check(Evidence evidence, Takeovers takeovers, PartitionEvidence partition) {
    BitSet repeated = repeated(partition);
    if (repeated.isEmpty()) {
      return;
    }
    Map<Integer, Instant> committed =
        committed(partition, new PartitionSamples(evidence, partition.partition()), repeated);
    for (EndSeen meal : partition.meals().all) {
      Instant by = committed.get(partition.number(meal.orderOffset()));
      Instant begun = Instant.EPOCH.plus(meal.startedAt(), ChronoUnit.MICROS);
      Instant since = takeovers.heldSince(partition.partition(), meal.worker(), begun);
      if (by != null
          && since != null
          && by.plus(MARGIN).isBefore(since)
          && !evidence.disruptions().mayHaveReadOldCommits(since)) {
        cookedAgain.add(
            "order %s by %s, which took over at %s; committed by %s",
            partition.place(meal.orderOffset()), meal.worker(), since, by);
      }
    }
  }

  private static BitSet repeated(PartitionEvidence partition) {
    BitSet repeated = new BitSet();
    for (int order = 0; order < partition.orders().size(); order++) {
      repeated.set(order, partition.ends(order) > 1);
    }
    return repeated;
  }

  /** By when each of these orders was committed: asked again, the brokers had said so before. */
  private static Map<Integer, Instant> committed(
      PartitionEvidence partition, PartitionSamples samples, BitSet orders) {
    Map<Integer, Instant> committed = new HashMap<>();
    BitSet left = (BitSet) orders.clone();
    for (int at = 0; at + 1 < samples.size() && !left.isEmpty(); at++) {
      BitSet found = new BitSet();
      int behind = partition.firstFrom(samples.get(at).offset());
      found.set(0, behind);
      found.and(left);
      if (!samples.get(at).metadata().isEmpty()) {
        CompletedSet completed = samples.completed(at);
        for (int order = left.nextSetBit(behind); order >= 0; order = left.nextSetBit(order + 1)) {
          found.set(order, completed.contains(partition.orders().get(order).offset()));
        }
      }
      Instant by = samples.time(at + 1);
      found.stream().forEach(order -> committed.put(order, by));
      left.andNot(found);
    }
    return committed;
  }
}
