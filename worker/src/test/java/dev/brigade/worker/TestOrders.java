package dev.brigade.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.Order;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Orders and contexts for recipes under test. */
final class TestOrders {
  static final CookContext FIRST_TRY = tryOf(1);

  private TestOrders() {}

  static Order order() {
    return new Order("o-1", "burger", Instant.EPOCH);
  }

  static Order order(@Nullable String table, JsonNode payload) {
    return new Order("o-1", "burger", Instant.EPOCH, table, null, null, payload);
  }

  /** As the worker holds it; it has no value. */
  static OpenOrder open(Assignment assignment, long offset, String key, Ordering ordering) {
    return new OpenOrder(
        new ConsumerRecord<>(
            assignment.partition().topic(),
            assignment.partition().partition(),
            offset,
            key.getBytes(StandardCharsets.UTF_8),
            new byte[0]),
        assignment,
        ordering);
  }

  static CookContext tryOf(int attempt) {
    return new CookContext("w-1", 0, attempt, new CompletionId(3, 42), Map.of());
  }
}
