package dev.brigade.worker;

import java.util.Collection;

/**
 * What the poll thread knows of its partitions, summed up for other threads to read.
 *
 * @param inFlightBytes keys and values of the orders in flight
 * @param maxWindow the widest span of offsets between a watermark and the last order read
 * @param maxMetadataChars the longest commit metadata of a partition, in characters
 */
record PartitionTotals(
    int assigned,
    int paused,
    long inFlight,
    long inFlightBytes,
    long maxWindow,
    long maxMetadataChars) {
  static final PartitionTotals NONE = new PartitionTotals(0, 0, 0, 0, 0, 0);

  /** On the poll thread. */
  static PartitionTotals of(Collection<Assignment> held) {
    int paused = 0;
    long inFlight = 0;
    long inFlightBytes = 0;
    long maxWindow = 0;
    long maxMetadataChars = 0;
    for (Assignment assignment : held) {
      paused += assignment.paused ? 1 : 0;
      inFlight += assignment.inFlight;
      inFlightBytes += assignment.inFlightBytes;
      maxWindow = Math.max(maxWindow, assignment.tracker.window());
      maxMetadataChars = Math.max(maxMetadataChars, DoneSet.chars(assignment.tracker));
    }
    return new PartitionTotals(
        held.size(), paused, inFlight, inFlightBytes, maxWindow, maxMetadataChars);
  }
}
