package dev.brigade.worker;

import java.util.BitSet;

/** Which orders of a partition a commit of a worker's says are done. Immutable. */
public final class CompletedOffsets {
  private final long committed;
  private final BitSet done;

  private CompletedOffsets(long committed, BitSet done) {
    this.committed = committed;
    this.done = done;
  }

  /**
   * @param committed the committed offset
   * @param metadata that was committed with it; what is not a worker's counts as nothing done
   */
  public static CompletedOffsets read(long committed, String metadata) {
    return new CompletedOffsets(
        committed, DoneSet.decode(committed, Holding.doneSet(committed, metadata)));
  }

  /** Whether the order at this offset is done. */
  public boolean contains(long offset) {
    long past = offset - committed;
    return past < 0 || past < done.length() && done.get((int) past);
  }
}
