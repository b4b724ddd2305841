package dev.brigade.monitor;

import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** What is counted over the whole life of a kitchen, in the store of one task. */
final class MonitorTotals {
  private static final String FINAL_UNTIL = "final-until";

  private final KeyValueStore<String, Long> store;

  MonitorTotals(KeyValueStore<String, Long> store) {
    this.store = store;
  }

  void count(OddityKind kind, long times) {
    store.put(kind.wireName(), of(store, kind) + times);
  }

  static long of(ReadOnlyKeyValueStore<String, Long> store, OddityKind kind) {
    Long count = store.get(kind.wireName());
    return count == null ? 0 : count;
  }

  /** Windows that end at or before this time were published as final, epoch milliseconds. */
  long finalUntil() {
    @Nullable Long until = store.get(FINAL_UNTIL);
    return until == null ? Long.MIN_VALUE : until;
  }

  void setFinalUntil(long until) {
    store.put(FINAL_UNTIL, until);
  }
}
