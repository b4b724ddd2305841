package dev.brigade.bench.micro;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.Batch;
import dev.brigade.orders.Meal;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Orders and their meals as generated ones are: some 230 and some 300 bytes of JSON. */
public final class Sample {
  private static final Instant PLACED_AT = Instant.parse("2026-11-20T16:35:49.123456Z");
  private static final String RUN = "01KAGXR3T3M8Q2ZV";
  private static final Batch BATCH = new Batch(RUN, 1_000_000);
  private static final String PAYLOAD = "x".repeat(64);

  private Sample() {}

  public static Order order(int number, int table) {
    return new Order(
        RUN + "%010d".formatted(number),
        "burger",
        PLACED_AT.plusMillis(number),
        "t-" + table,
        null,
        BATCH,
        TextNode.valueOf(PAYLOAD));
  }

  /** The order as it is read from partition 0, at the offset of its number. */
  public static ConsumerRecord<byte[], byte[]> read(Order order, long offset) {
    return new ConsumerRecord<>(
        "kitchen.orders",
        0,
        offset,
        order.key().getBytes(StandardCharsets.UTF_8),
        OrderCodec.encode(order));
  }

  /** What a recipe that returns nothing makes of the order, in 1.2 ms. */
  public static Meal meal(Order order, long offset) {
    Instant startedAt = order.placedAt().plusNanos(7_654_321);
    return new Meal(
        order.id(),
        order.dish(),
        order.table(),
        "worker-1",
        7,
        0,
        offset,
        1,
        order.placedAt(),
        startedAt,
        startedAt.plusNanos(1_234_567),
        1_234,
        order.batch(),
        NullNode.getInstance());
  }
}
