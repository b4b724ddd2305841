package dev.brigade.monitor;

import org.apache.kafka.common.TopicPartition;

/**
 * Tells how far time has gone in a partition that may have no new records: without it a window
 * could not become final while any partition is silent.
 */
interface ReadProgress {
  /** Nothing is known. */
  long UNKNOWN = Long.MIN_VALUE;

  /** A new task begins to read this partition; what was known of its predecessor's reading goes. */
  void started(TopicPartition partition);

  /**
   * @param lastProcessed offset of the last record processed by this task, -1 if there was none
   * @return a time, epoch milliseconds, such that every record appended before it was processed, or
   *     {@link #UNKNOWN}
   */
  long processedUntil(TopicPartition partition, long lastProcessed);
}
