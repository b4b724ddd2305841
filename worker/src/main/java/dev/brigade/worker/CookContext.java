package dev.brigade.worker;

import dev.brigade.orders.CompletionId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Headers;

/**
 * What a recipe may know beside the order itself.
 *
 * @param worker the worker's id
 * @param chef which of its chefs cooks, from 0
 * @param attempt which try this is, from 1, counted by this worker
 * @param completionId the order's place in the log: the same whenever this order is cooked again
 * @param headers the order record's headers as UTF-8 text, the last of each name ({@code
 *     traceparent} for example); immutable
 */
public record CookContext(
    String worker, int chef, int attempt, CompletionId completionId, Map<String, String> headers) {
  /** Of the try that its chef has just begun. */
  static CookContext of(OpenOrder order, String worker) {
    return new CookContext(
        worker, order.lastChef, order.attempts, order.completionId(), utf8(order.record.headers()));
  }

  private static Map<String, String> utf8(Headers headers) {
    if (!headers.iterator().hasNext()) {
      return Map.of();
    }
    return StreamSupport.stream(headers.spliterator(), false)
        .filter(header -> header.value() != null)
        .collect(
            Collectors.toUnmodifiableMap(
                header -> header.key(),
                header -> new String(header.value(), StandardCharsets.UTF_8),
                (first, last) -> last));
  }
}
