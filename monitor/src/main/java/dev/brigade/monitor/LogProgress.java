package dev.brigade.monitor;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows that a silent partition is silent: it was read up to where it ended a moment ago, beyond
 * transaction markers, which a consumer skips and no processor ever sees. Ends are those of the
 * whole log, open transactions included, so that being there means that no record appended before
 * is still to come. A partition with records all the time is never read to its latest end; there
 * the records' own times tell how far it was read.
 *
 * <p>Thread-safe: ends come from {@link LogEnds}, positions and questions from the stream threads.
 */
final class LogProgress implements ReadProgress {
  private final Map<TopicPartition, Place> places = new HashMap<>();

  private static final class Place {
    /** Where the log ended at {@link #endAt}; kept until it was reached or the reading restarts. */
    long end = -1;

    long endAt;

    /** Where the consumer is; -1 if that is not known. */
    long position = -1;

    long lastPolled = -1;
  }

  @Override
  public synchronized void started(TopicPartition partition) {
    place(partition).position = -1;
  }

  /**
   * @param at before the end was asked for, epoch milliseconds
   */
  synchronized void ended(TopicPartition partition, long end, long at) {
    Place place = place(partition);
    if (place.end < 0) {
      place.end = end;
      place.endAt = at;
    }
  }

  /** A record was handed to the stream thread. */
  synchronized void polled(TopicPartition partition, long lastOffset) {
    place(partition).lastPolled = lastOffset;
  }

  /** Everything before this offset that carries a record was handed to the stream thread. */
  synchronized void positioned(TopicPartition partition, long position) {
    Place place = place(partition);
    place.position = position;
    if (position <= place.lastPolled) {
      place.lastPolled = -1;
    }
  }

  @Override
  public synchronized long processedUntil(TopicPartition partition, long lastProcessed) {
    Place place = place(partition);
    if (place.end < 0 || place.position < place.end || lastProcessed < place.lastPolled) {
      return UNKNOWN;
    }
    place.end = -1;
    return place.endAt;
  }

  private Place place(TopicPartition partition) {
    return places.computeIfAbsent(partition, key -> new Place());
  }
}
