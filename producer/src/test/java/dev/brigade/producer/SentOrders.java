package dev.brigade.producer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An {@link OrderSender} over a producer in memory, and what was sent and became of it. */
final class SentOrders implements OrderSender.Outcomes {
  final MockProducer<byte[], byte[]> producer;
  final OrderSender sender;
  final List<String> failures = new ArrayList<>();
  final List<String> acknowledged = new ArrayList<>();

  /**
   * @param answered whether every order is acknowledged at once
   */
  SentOrders(boolean answered) {
    producer =
        new MockProducer<>(answered, null, new ByteArraySerializer(), new ByteArraySerializer());
    sender = new OrderSender(producer, "kitchen.orders", this);
  }

  @Override
  public void acknowledged(int partition, long offset) {
    acknowledged.add(partition + "/" + offset);
  }

  @Override
  public void failed(long number, String reason) {
    failures.add(number + " " + reason);
  }

  List<String> values() {
    return producer.history().stream().map(ProducerRecord::value).map(SentOrders::text).toList();
  }

  List<String> keys() {
    return producer.history().stream().map(ProducerRecord::key).map(SentOrders::text).toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
