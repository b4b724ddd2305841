package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumedOrdersTest {
  private static final TopicPartition PARTITION = new TopicPartition("kitchen.orders", 0);

  private final SentOrders sent = new SentOrders(true);
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private long end;

  @Test
  void aBatchOfTheKilledProducerThatComesTooLateIsReported(@TempDir Path directory)
      throws IOException {
    // Given an order that is not on the topic, until after it is sent it is there twice
    byte[] order = OrderCodec.encode(new Order("a", "soup", Instant.EPOCH));
    Path file = Files.write(directory.resolve("orders"), order);
    OrderIndex index = new OrderIndex();
    index.add(Hash64.of("a"), Hash64.of(order, 0, order.length));
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));

    try (InputFile input = InputFile.open(file);
        RejectsFile rejects = RejectsFile.at(directory.resolve("rejects"), file);
        OrdersOnTopic topic =
            new OrdersOnTopic(consumer, () -> Map.of(PARTITION, end), index, System::nanoTime)) {
      LineReader lines = new LineReader(input.channel(), Order.MAX_VALUE_BYTES, 2_000_000);
      LoadedOrders missing = new LoadedOrders(input, lines, rejects, note -> {}, index);
      append(order);
      append(order);

      // When
      ResumedOrders orders = new ResumedOrders(missing, topic);
      orders.pushTo(sent.sender, new StopSignal());

      // Then
      assertThat(sent.values()).hasSize(1);
      assertThat(orders.intake().resumed()).isEqualTo(new OrderSource.Resumed(0, 1));
    }
  }

  private void append(byte[] value) {
    consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, end++, new byte[0], value));
  }
}
