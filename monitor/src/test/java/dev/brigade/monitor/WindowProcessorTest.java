package dev.brigade.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowProcessorTest {
  private static final long NOW = 1_000_000_000L;

  private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
  private final WindowProcessor processor = new WindowProcessor(2);

  @BeforeEach
  void start() {
    add(WindowProcessor.WINDOWS, Serdes.String(), LiveWindow.SERDE);
    add(WindowProcessor.TOTALS, Serdes.String(), Serdes.Long());
    processor.init(context);
  }

  private <K, V> void add(String name, Serde<K> keys, Serde<V> values) {
    KeyValueStore<K, V> store =
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  private void stands(int partition, long completeUntil) {
    processor.process(
        new Record<>(partition, new PartitionReport.Standing(completeUntil, Map.of()), NOW));
  }

  private boolean asksForCommit() {
    context.resetCommit();
    for (CapturedPunctuator timer : context.scheduledPunctuators()) {
      timer.getPunctuator().punctuate(NOW);
    }
    return context.committed();
  }

  @Test
  void whatIsPublishedIsCommittedAtOnceWhileNoPartitionIsBehind() {
    // Given
    stands(0, NOW - 2_000);

    // Then
    assertThat(asksForCommit()).as("of the other partition nothing is known").isFalse();

    // When
    stands(1, NOW - 60_000);

    // Then
    assertThat(asksForCommit()).as("it is a minute behind").isFalse();

    // When
    stands(1, NOW - 3_000);

    // Then
    assertThat(asksForCommit()).isTrue();
  }
}
