package dev.brigade.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a reader saw, record by record: a hash of key, value and headers for every offset. Two
 * readers of the same log must have the same, as far as both have come. Written by one thread, and
 * read by others after that.
 */
public final class Fingerprints {
  private final Map<TopicPartition, LogFingerprint> logs = new HashMap<>();
  private final List<String> changed = new ArrayList<>();

  void add(TopicPartition log, long offset, long hash) {
    if (!logs.computeIfAbsent(log, none -> new LogFingerprint()).add(offset, hash)) {
      changed.add(log + " offset " + offset + " held something else when it was read before");
    }
  }

  Map<TopicPartition, LogFingerprint> logs() {
    return logs;
  }

  LogFingerprint log(TopicPartition log) {
    return logs.getOrDefault(log, new LogFingerprint());
  }

  /** Where this very reader saw two things at the same place. */
  List<String> changed() {
    return changed;
  }

  /** How many records were seen. */
  public long records() {
    return logs.values().stream().mapToLong(LogFingerprint::size).sum();
  }
}
