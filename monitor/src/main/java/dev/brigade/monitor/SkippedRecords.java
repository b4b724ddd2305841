package dev.brigade.monitor;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of records that enter no window: the first of a kind at once, then at most one line per
 * kind and ten seconds, with how many there were. One for all tasks of a process; thread-safe.
 */
final class SkippedRecords {
  private static final Logger LOG = LoggerFactory.getLogger(SkippedRecords.class);
  private static final long QUIET_MS = 10_000;

  private final LongSupplier clock;
  private final Map<OddityKind, Silence> silences = new EnumMap<>(OddityKind.class);

  private static final class Silence {
    long since = Long.MIN_VALUE;
    long records;
  }

  /**
   * @param clock epoch milliseconds
   */
  SkippedRecords(LongSupplier clock) {
    this.clock = clock;
  }

  synchronized void skipped(
      OddityKind kind, TopicPartition partition, long offset, @Nullable String reason) {
    Silence silence = silences.computeIfAbsent(kind, any -> new Silence());
    silence.records++;
    long now = clock.getAsLong();
    if (silence.since != Long.MIN_VALUE && now - silence.since < QUIET_MS) {
      return;
    }
    LOG.warn(
        "{} {}: not counted in any window; {}, partition {}, offset {}{}",
        silence.records,
        kind.wireName(),
        partition.topic(),
        partition.partition(),
        offset,
        reason == null ? "" : ": " + reason);
    silence.since = now;
    silence.records = 0;
  }
}
