package dev.brigade.bench;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A contender that leaves out one order and cooks another twice: as many meals as there should be.
 */
public final class Cheat {
  private Cheat() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> env = System.getenv();
    String bootstrap = env.get("BRIGADE_BENCH_BOOTSTRAP");
    Map<String, Object> reading =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "group.id",
            env.get("BRIGADE_BENCH_GROUP"),
            "auto.offset.reset",
            "earliest");
    Map<String, Object> writing = Map.of("bootstrap.servers", bootstrap);
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      consumer.subscribe(List.of(env.get("BRIGADE_BENCH_ORDERS")));
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          Order order = OrderCodec.decode(record.value());
          int meals = order.id().equals("o0") ? 0 : order.id().equals("o1") ? 2 : 1;
          for (int i = 0; i < meals; i++) {
            producer.send(
                new ProducerRecord<>(
                    env.get("BRIGADE_BENCH_MEALS"),
                    record.partition(),
                    record.key(),
                    MealCodec.encode(meal(order, record))));
          }
        }
      }
    }
  }

  private static Meal meal(Order order, ConsumerRecord<byte[], byte[]> record) {
    Instant now = Instant.now();
    return new Meal(
        order.id(),
        order.dish(),
        order.table(),
        "cheat",
        0,
        record.partition(),
        record.offset(),
        1,
        order.placedAt(),
        now,
        now,
        0,
        null,
        NullNode.getInstance());
  }
}
