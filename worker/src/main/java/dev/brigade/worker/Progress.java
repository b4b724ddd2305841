package dev.brigade.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a partition has come, as it is committed.
 *
 * @param offset the watermark; who holds the partition, and what is done past it
 * @param revision the tracker's when this was taken
 * @param isWhole whether the metadata tells all that is done past the watermark
 */
record Progress(
    Assignment assignment,
    OffsetAndMetadata offset,
    long revision,
    Holding holding,
    boolean isWhole) {
  /**
   * How far past what is read orders may be begun until the next commit, in offsets: half a second
   * of the fastest partition.
   */
  static final int AHEAD = 1 << 16;

  /** Of what was padded: it is committed once more, as long as it need be. */
  private static final long UNSETTLED = -1;

  /** Whether there is something to commit that is not committed yet. */
  static boolean isNew(Assignment assignment) {
    OffsetTracker tracker = assignment.tracker;
    return tracker.watermark() != OffsetTracker.UNKNOWN
        && (tracker.revision() != assignment.committedRevision || isHeldAnew(assignment));
  }

  private static boolean isHeldAnew(Assignment assignment) {
    Holding known = assignment.committedHolding;
    if (known == null || known.clean() != assignment.isIdleForGood()) {
      return true;
    }
    return !known.clean() && known.begunBefore() - assignment.readBefore() < AHEAD / 2;
  }

  /**
   * @param capacity of the metadata, in characters
   * @param padded whether the metadata is filled up to the capacity, to see whether it is taken
   */
  static Progress of(Assignment assignment, int capacity, boolean padded) {
    OffsetTracker tracker = assignment.tracker;
    synchronized (tracker) {
      long watermark = tracker.watermark();
      Holding holding = holding(assignment, watermark);
      return new Progress(
          assignment,
          new OffsetAndMetadata(watermark, metadata(holding, tracker, capacity, padded)),
          padded ? UNSETTLED : tracker.revision(),
          holding,
          DoneSet.chars(tracker) <= capacity - Holding.CHARS);
    }
  }

  private static Holding holding(Assignment assignment, long watermark) {
    boolean suspects = watermark < assignment.suspectsBefore;
    long suspectsBefore = suspects ? assignment.suspectsBefore : watermark;
    int crashes = suspects ? assignment.crashes : 0;
    return assignment.isIdleForGood()
        ? new Holding(true, crashes, suspectsBefore)
        : new Holding(false, crashes, Math.max(assignment.readBefore() + AHEAD, suspectsBefore));
  }

  private static String metadata(
      Holding holding, OffsetTracker tracker, int capacity, boolean padded) {
    int left = capacity - Holding.CHARS;
    if (left < 0) {
      return "";
    }
    return holding.encode(tracker.watermark())
        + (padded ? DoneSet.encodePadded(tracker, left) : DoneSet.encode(tracker, left));
  }

  static Map<TopicPartition, OffsetAndMetadata> offsets(List<Progress> part) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    part.forEach(progress -> offsets.put(progress.assignment.partition(), progress.offset));
    return offsets;
  }

  int metadataBytes() {
    return offset.metadata().length() * PackedWriter.UTF8_BYTES_PER_CHAR;
  }

  void committed() {
    assignment.committed = offset.offset();
    assignment.committedHolding = holding;
    assignment.committedRevision = revision;
  }
}
