package dev.brigade.audit;

import java.util.List;
import java.util.TreeMap;

/** I7: the end is that of the log, behind what closes its last transaction. */
final class CommittedToTheEnd implements Check {
  @Override
  public List<Violation> check(Evidence evidence) {
    Tally behind = new Tally(Invariant.I7, "partitions are not committed to the end of their log");
    new TreeMap<>(evidence.history().scan().ordersEnd())
        .forEach(
            (partition, end) -> {
              Long committed = evidence.history().committed().get(partition);
              if (end > 0 && (committed == null || !committed.equals(end))) {
                behind.add(
                    "partition %d: %s committed of %d",
                    partition, committed == null ? "nothing" : committed, end);
              }
            });
    return Tally.violations(behind);
  }
}
