package dev.brigade.recipekit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.Batch;
import dev.brigade.orders.Json;
import dev.brigade.orders.Order;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Makes an order of one's own; what is not said has a default. For the test's thread. */
public final class OrderBuilder {
  private final RecipeKit kit;
  private final Headers headers = new RecordHeaders();
  private String id;
  private String dish = "dish";
  private Instant placedAt;
  private @Nullable String table;
  private @Nullable Instant deadline;
  private @Nullable Batch batch;
  private JsonNode payload = NullNode.getInstance();

  OrderBuilder(RecipeKit kit, String id, Instant now) {
    this.kit = kit;
    this.id = id;
    this.placedAt = now;
  }

  /** {@code order-1}, {@code order-2} … unless said. */
  public OrderBuilder id(String value) {
    id = value;
    return this;
  }

  /** {@code dish} unless said; the kit's recipe cooks all dishes. */
  public OrderBuilder dish(String value) {
    dish = value;
    return this;
  }

  /** The ordering key; an order without one waits for no other. */
  public OrderBuilder table(String value) {
    table = value;
    return this;
  }

  /**
   * What the recipe gets, as JSON; {@code null} unless said.
   *
   * @throws IllegalArgumentException if this is not JSON
   */
  public OrderBuilder payload(String json) {
    try {
      return payload(Json.MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("payload: " + e.getOriginalMessage(), e);
    }
  }

  /** What the recipe gets. */
  public OrderBuilder payload(JsonNode value) {
    payload = value;
    return this;
  }

  /** Now, unless said. */
  public OrderBuilder placedAt(Instant value) {
    placedAt = value;
    return this;
  }

  public OrderBuilder deadline(Instant value) {
    deadline = value;
    return this;
  }

  /** A deadline that much after the order is placed. */
  public OrderBuilder deadlineAfter(Duration value) {
    return deadline(placedAt.plus(value));
  }

  public OrderBuilder batch(String batchId, long size) {
    batch = new Batch(batchId, size);
    return this;
  }

  /** One more header of the order's record. */
  public OrderBuilder header(String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /**
   * The order alone.
   *
   * @throws IllegalArgumentException if an order cannot be like this, with the reason
   */
  public Order build() {
    return new Order(id, dish, placedAt, table, deadline, batch, payload);
  }

  /** Puts it behind all others into the log; it is cooked when the kit is told to. */
  public PlacedOrder place() {
    return kit.place(build(), headers);
  }
}
