package dev.brigade.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a customer wants cooked: the value of a record on {@code <kitchen>.orders}. A character is a
 * Unicode code point.
 *
 * @param id unique per order; 1 to 128 characters, no control characters
 * @param dish names the recipe; {@code [A-Za-z0-9._-]{1,64}}
 * @param placedAt when the customer meant to order: a generator's intended time, not a late send's
 * @param table the ordering key, at most 256 characters; without one the order's id is the key
 * @param deadline after which the order is not cooked any more
 * @param batch the set of orders it was sent with
 * @param payload what the recipe gets; any JSON, null by default
 */
public record Order(
    String id,
    String dish,
    Instant placedAt,
    @Nullable String table,
    @Nullable Instant deadline,
    @Nullable Batch batch,
    JsonNode payload) {
  public static final int MAX_ID_CHARS = 128;
  public static final int MAX_TABLE_CHARS = 256;
  public static final int MAX_VALUE_BYTES = 900 * 1024;
  public static final int MAX_HEADER_BYTES = 64 * 1024;
  public static final int MAX_HEADERS = 500;

  public Order {
    Checks.name("id", id, MAX_ID_CHARS);
    Checks.dish(dish);
    Checks.time("placedAt", placedAt);
    if (table != null) {
      Checks.text("table", table, MAX_TABLE_CHARS);
    }
    if (deadline != null) {
      Checks.time("deadline", deadline);
    }
  }

  public Order(String id, String dish, Instant placedAt) {
    this(id, dish, placedAt, null, null, null, NullNode.getInstance());
  }

  /** The record key this order is sent with: its table, else its id. */
  public String key() {
    return table != null ? table : id;
  }

  public Order inBatch(Batch newBatch) {
    return new Order(id, dish, placedAt, table, deadline, newBatch, payload);
  }

  /**
   * @throws IllegalArgumentException if no dish can have this name
   */
  public static void requireDish(String dish) {
    Checks.dish(dish);
  }
}
