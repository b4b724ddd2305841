package dev.brigade.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one try at an order. */
public sealed interface CookResult {
  /** The order is done; {@code result} goes into its meal. */
  record Cooked(JsonNode result) implements CookResult {}

  /**
   * This try failed, another one may succeed.
   *
   * @param after the earliest time for the next try; null leaves it to the worker's back-off
   */
  record Retry(String reason, @Nullable Duration after) implements CookResult {}

  /** No further try can succeed: the order becomes a dead letter at once. */
  record Rejected(String reason) implements CookResult {}

  static CookResult cooked(JsonNode result) {
    return new Cooked(result);
  }

  /** Done, with nothing to tell. */
  static CookResult cooked() {
    return new Cooked(NullNode.getInstance());
  }

  static CookResult retry(String reason) {
    return new Retry(reason, null);
  }

  static CookResult retry(String reason, Duration after) {
    return new Retry(reason, after);
  }

  static CookResult rejected(String reason) {
    return new Rejected(reason);
  }
}
