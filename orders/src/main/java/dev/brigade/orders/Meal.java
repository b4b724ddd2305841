package dev.brigade.orders;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order that was cooked: the value of a record on {@code <kitchen>.meals}. ({@code partition},
 * {@code offset}) is the order's place in the log and with it the completion id: two meals with the
 * same one are the same completion.
 *
 * @param worker the worker's id
 * @param chef which of the worker's chefs cooked it, from 0
 * @param attempts tries, the successful one included
 * @param startedAt when its first try began
 * @param finishedAt when its successful try ended
 * @param cookMicros how long the successful try took, in microseconds
 * @param result what the recipe returned, any JSON
 */
public record Meal(
    String orderId,
    String dish,
    @Nullable String table,
    String worker,
    int chef,
    int partition,
    long offset,
    int attempts,
    Instant placedAt,
    Instant startedAt,
    Instant finishedAt,
    long cookMicros,
    @Nullable Batch batch,
    JsonNode result) {
  public static final int MAX_RESULT_BYTES = 64 * 1024;

  /** On a meal whose result was cut: the result's full size as JSON, in bytes. */
  public static final String RESULT_BYTES_HEADER = "brigade.result-bytes";

  public Meal {
    Checks.name("orderId", orderId, Order.MAX_ID_CHARS);
    Checks.dish(dish);
    if (table != null) {
      Checks.text("table", table, Order.MAX_TABLE_CHARS);
    }
    Checks.notEmpty("worker", worker);
    Checks.atLeast(0, "chef", chef);
    Checks.atLeast(0, "partition", partition);
    Checks.atLeast(0, "offset", offset);
    Checks.atLeast(1, "attempts", attempts);
    Checks.time("placedAt", placedAt);
    Checks.time("startedAt", startedAt);
    Checks.time("finishedAt", finishedAt);
    Checks.atLeast(0, "cookMicros", cookMicros);
  }

  public CompletionId completionId() {
    return new CompletionId(partition, offset);
  }
}
