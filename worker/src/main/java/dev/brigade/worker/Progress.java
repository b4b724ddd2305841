package dev.brigade.worker;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far a partition has come, as it is committed.
 *
 * @param offset the watermark, and what is done past it
 * @param revision the tracker's when this was taken
 */
record Progress(Assignment assignment, OffsetAndMetadata offset, long revision) {
  /** Of what was padded: it is committed once more, as long as it need be. */
  private static final long UNSETTLED = -1;

  /** Whether there is something to commit that is not committed yet. */
  static boolean isNew(Assignment assignment) {
    return assignment.tracker.watermark() != OffsetTracker.UNKNOWN
        && assignment.tracker.revision() != assignment.committedRevision;
  }

  /**
   * @param padded whether the metadata is filled up to the capacity, to see whether it is taken
   */
  static Progress of(Assignment assignment, int capacity, boolean padded) {
    OffsetTracker tracker = assignment.tracker;
    String metadata =
        padded ? DoneSet.encodePadded(tracker, capacity) : DoneSet.encode(tracker, capacity);
    return new Progress(
        assignment,
        new OffsetAndMetadata(tracker.watermark(), metadata),
        padded ? UNSETTLED : tracker.revision());
  }

  int metadataBytes() {
    return offset.metadata().length() * PackedWriter.UTF8_BYTES_PER_CHAR;
  }

  void committed() {
    assignment.committed = offset.offset();
    assignment.committedRevision = revision;
  }
}
