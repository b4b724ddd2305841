package dev.brigade.monitor;

import dev.brigade.orders.Kitchen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 *
 *
 * <pre>
 *   orders ──────┐
 *   meals ───────┼─► ledger (a task per partition) ──► reports ──► merge (one task) ──► latency
 *   dead-letters ┘   open-orders, ended-orders       (repartition)   windows, totals
 * </pre>
 *
 * An order's end has the partition number of the order, so one task sees both. The ledger reports
 * what ended since its last report, not totals: that is exact only together with {@code
 * exactly_once_v2}, where reports, stores and read offsets move in one transaction, and then a
 * report is merged in time that does not depend on how much has ended before.
 */
final class MonitorTopology {
  private static final String REPORTS = "reports";

  private MonitorTopology() {}

  /**
   * @param partitions of {@code orders}
   */
  static Topology build(Kitchen kitchen, int partitions, WindowTimes times, ReadProgress progress) {
    SkippedRecords skipped = new SkippedRecords(System::currentTimeMillis);
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            List.of(kitchen.orders(), kitchen.meals(), kitchen.deadLetters()),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor((record, partitionTime) -> Math.max(0, record.timestamp())))
        .process(
            new WithStores<>(
                () -> new LedgerProcessor(kitchen, times, progress, skipped),
                Set.of(
                    store(LedgerProcessor.OPEN_ORDERS, Serdes.Long(), OrderState.SERDE),
                    store(LedgerProcessor.ENDED_ORDERS, Serdes.Long(), Serdes.ByteArray()))))
        .repartition(
            Repartitioned.with(Serdes.Integer(), PartitionReport.SERDE)
                .withName(REPORTS)
                .withNumberOfPartitions(1))
        .process(
            new WithStores<>(
                () -> new WindowProcessor(partitions),
                Set.of(
                    store(WindowProcessor.WINDOWS, Serdes.String(), LiveWindow.SERDE)
                        .withCachingEnabled(),
                    store(WindowProcessor.TOTALS, Serdes.String(), Serdes.Long()))))
        .to(kitchen.latency(), Produced.with(Serdes.String(), Serdes.ByteArray()));
    return builder.build();
  }

  /**
   * In memory, with a changelog that is compacted early: entries live for seconds, and a start
   * reads all that compaction has left.
   */
  private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(
      String name, Serde<K> keys, Serde<V> values) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
        .withLoggingEnabled(
            Map.of(
                TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(4 << 20),
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2",
                TopicConfig.DELETE_RETENTION_MS_CONFIG, "300000"));
  }

  private record WithStores<KIn, VIn, KOut, VOut>(
      ProcessorSupplier<KIn, VIn, KOut, VOut> supplier, Set<StoreBuilder<?>> stores)
      implements ProcessorSupplier<KIn, VIn, KOut, VOut> {
    @Override
    public Processor<KIn, VIn, KOut, VOut> get() {
      return supplier.get();
    }
  }
}
