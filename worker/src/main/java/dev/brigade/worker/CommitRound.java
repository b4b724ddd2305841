package dev.brigade.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One round of commits over all partitions, in parts that brokers take: each partition has its turn
 * once, so none starves. Confined to the poll thread.
 */
final class CommitRound {
  private final MetadataCapacity capacity;
  private final ArrayDeque<Assignment> waiting = new ArrayDeque<>();
  private long bytes;

  CommitRound(MetadataCapacity capacity) {
    this.capacity = capacity;
  }

  void begin(Collection<Assignment> assignments) {
    waiting.addAll(assignments);
    bytes = 0;
  }

  boolean isOver() {
    return waiting.isEmpty();
  }

  /** Metadata of the round so far, in bytes on the wire. */
  long bytes() {
    return bytes;
  }

  /**
   * What is to be committed next: of the partitions whose turn it is, those that changed since they
   * were committed.
   *
   * @return empty if the round is over
   */
  List<Progress> nextPart() {
    List<Progress> part = new ArrayList<>();
    long partBytes = 0;
    while (!waiting.isEmpty()) {
      Assignment assignment = waiting.element();
      if (assignment.mayCommit() && Progress.isNew(assignment)) {
        boolean probe = part.isEmpty() && !capacity.isProven();
        Progress progress = Progress.of(assignment, capacity.chars(), probe);
        if (!part.isEmpty() && partBytes + progress.metadataBytes() > capacity.bytesAtOnce()) {
          break;
        }
        partBytes += progress.metadataBytes();
        part.add(progress);
      }
      waiting.remove();
    }
    bytes += partBytes;
    return part;
  }

  /** Gives the partitions of a part that was refused another turn. */
  void again(List<Progress> part) {
    part.forEach(progress -> waiting.addFirst(progress.assignment()));
  }
}
