package dev.brigade.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSpecTest {
  private static final String DAY = "86400000";
  private static final String WEEK = "604800000";
  private static final String MONTH = "2592000000";

  @Test
  void theTopicsAreTheContracts() {
    assertThat(TopicSpec.of(new Kitchen("k"), TopicSpec.DEFAULT_PARTITIONS))
        .containsExactly(
            new TopicSpec("k.orders", 12, daily()),
            new TopicSpec("k.meals", 12, daily()),
            new TopicSpec("k.dead-letters", 12, kept(MONTH)),
            new TopicSpec("k.latency", 1, kept(WEEK)),
            new TopicSpec("k.alerts", 1, kept(MONTH)),
            new TopicSpec("k.activity", 1, kept(DAY)));
  }

  @Test
  void mealsAndDeadLettersHaveAsManyPartitionsAsOrders() {
    assertThat(TopicSpec.of(new Kitchen("k"), 7))
        .extracting(TopicSpec::partitions)
        .containsExactly(7, 7, 7, 1, 1, 1);
  }

  private static Map<String, String> daily() {
    return Map.of(
        "cleanup.policy",
        "delete",
        "retention.ms",
        WEEK,
        "segment.ms",
        DAY,
        "message.timestamp.type",
        "LogAppendTime");
  }

  private static Map<String, String> kept(String millis) {
    return Map.of(
        "cleanup.policy", "delete",
        "retention.ms", millis,
        "message.timestamp.type", "LogAppendTime");
  }
}
