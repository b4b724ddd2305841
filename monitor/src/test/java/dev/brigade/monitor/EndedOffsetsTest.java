package dev.brigade.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class EndedOffsetsTest {
  private static final long CHUNK = EndedOffsets.CHUNK_BITS;

  private final KeyValueStore<Long, byte[]> store = store();

  private static KeyValueStore<Long, byte[]> store() {
    KeyValueStore<Long, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("ended"), Serdes.Long(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    return store;
  }

  @Test
  void exactlyWhatWasAddedIsContained() {
    // Given
    EndedOffsets ended = new EndedOffsets(store, 10);

    // When
    ended.addAll(List.of(0L, 7L, 8L, CHUNK - 1, 5 * CHUNK + 3));
    ended.addAll(List.of(9L));

    // Then
    for (long offset = 0; offset < 6 * CHUNK; offset++) {
      boolean added = List.of(0L, 7L, 8L, 9L, CHUNK - 1, 5 * CHUNK + 3).contains(offset);
      assertThat(ended.contains(offset)).as("offset %d", offset).isEqualTo(added);
    }
  }

  @Test
  void theLowestOffsetsAreForgottenBeyondTheBoundAlsoAfterARestart() {
    // Given
    new EndedOffsets(store, 2).addAll(List.of(1L, CHUNK + 1));

    // When
    EndedOffsets restarted = new EndedOffsets(store, 2);
    restarted.addAll(List.of(2 * CHUNK + 1));

    // Then
    assertThat(restarted.contains(1)).isFalse();
    assertThat(restarted.contains(CHUNK + 1)).isTrue();
    assertThat(restarted.contains(2 * CHUNK + 1)).isTrue();
    assertThat(store.approximateNumEntries()).isEqualTo(2);
  }
}
