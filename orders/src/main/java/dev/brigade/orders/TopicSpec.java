package dev.brigade.orders;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A topic as the contract wants it.
 *
 * @param configs topic configs that make a difference; all others are the broker's
 */
record TopicSpec(String name, int partitions, Map<String, String> configs) {
  static final int DEFAULT_PARTITIONS = 12;

  /** All topics of a kitchen. {@code meals} and {@code dead-letters} mirror {@code orders}. */
  static List<TopicSpec> of(Kitchen kitchen, int partitions) {
    return List.of(
        new TopicSpec(kitchen.orders(), partitions, daily(7)),
        new TopicSpec(kitchen.meals(), partitions, daily(7)),
        new TopicSpec(kitchen.deadLetters(), partitions, deleteAfter(30)),
        new TopicSpec(kitchen.latency(), 1, deleteAfter(7)),
        new TopicSpec(kitchen.alerts(), 1, deleteAfter(30)),
        new TopicSpec(kitchen.activity(), 1, deleteAfter(1)));
  }

  private static Map<String, String> daily(int retentionDays) {
    return Map.of(
        "cleanup.policy",
        "delete",
        "retention.ms",
        millis(retentionDays),
        "segment.ms",
        millis(1),
        "message.timestamp.type",
        "LogAppendTime");
  }

  private static Map<String, String> deleteAfter(int retentionDays) {
    return Map.of(
        "cleanup.policy", "delete",
        "retention.ms", millis(retentionDays),
        "message.timestamp.type", "LogAppendTime");
  }

  private static String millis(int days) {
    return Long.toString(Duration.ofDays(days).toMillis());
  }
}
