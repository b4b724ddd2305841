package dev.brigade.kitchen.chaos;

import dev.brigade.audit.CommittedOffsets;
import dev.brigade.audit.LogOffsets;
import dev.brigade.orders.Kitchen;
import java.util.HashMap;
import java.util.Map;

/** How a soak itself asks the cluster, and what. */
final class SoakClients {
  private static final String NAME = "chaos";

  private SoakClients() {}

  /** Of every client; a broker that stands still is given up soon. */
  static Map<String, Object> base(String bootstrapServers) {
    return Map.of(
        "bootstrap.servers",
        bootstrapServers,
        "client.id",
        NAME,
        "request.timeout.ms",
        "5000",
        "reconnect.backoff.max.ms",
        "500");
  }

  static Map<String, Object> admin(String bootstrapServers) {
    Map<String, Object> config = new HashMap<>(base(bootstrapServers));
    config.put("default.api.timeout.ms", "10000");
    return config;
  }

  /**
   * Whether every partition of orders is committed to its end, trailing control records included.
   */
  static boolean isAllCommitted(Map<String, Object> clients, Kitchen kitchen) {
    Map<Integer, Long> committed = CommittedOffsets.read(clients, kitchen);
    try (LogOffsets offsets = new LogOffsets(clients)) {
      return offsets.ends(offsets.partitions(kitchen.orders())).entrySet().stream()
          .allMatch(
              end -> end.getValue().equals(committed.getOrDefault(end.getKey().partition(), 0L)));
    }
  }
}
