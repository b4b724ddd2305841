package dev.brigade.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The work of a scenario, the same for every contender.
 *
 * @param orders how many
 * @param keys how many tables they are for, drawn uniformly
 * @param payloadBytes of each order
 * @param hotShare 0 to 1: the share of orders that are for one table more, the hot one
 * @param slowHeads whether the first order of every partition is a slow one
 * @param concurrency how many orders one process may cook at once
 * @param cook how long an order takes
 * @param slowCook how long a slow one takes
 */
public record Workload(
    int orders,
    int keys,
    int payloadBytes,
    double hotShare,
    boolean slowHeads,
    int concurrency,
    Duration cook,
    Duration slowCook) {
  public static final int PARTITIONS = 12;

  private static final Duration SLOW = Duration.ofSeconds(5);

  /** Orders for 10,000 tables with 64 bytes of payload, none of them special. */
  static Workload of(int orders, int concurrency, Duration cook) {
    return new Workload(orders, 10_000, 64, 0, false, concurrency, cook, SLOW);
  }

  Workload withOrders(int count) {
    return new Workload(
        count, keys, payloadBytes, hotShare, slowHeads, concurrency, cook, slowCook);
  }

  Workload withHotShare(double share) {
    return new Workload(orders, keys, payloadBytes, share, slowHeads, concurrency, cook, slowCook);
  }

  Workload withSlowHeads() {
    return new Workload(orders, keys, payloadBytes, hotShare, true, concurrency, cook, slowCook);
  }

  Workload withPayload(int bytes) {
    return new Workload(orders, keys, bytes, hotShare, slowHeads, concurrency, cook, slowCook);
  }

  /** What one process can cook at most. */
  double mostPerSecond() {
    return cook.isZero() ? Double.POSITIVE_INFINITY : concurrency * 1e9 / cook.toNanos();
  }

  /** For reports, and to tell whether two runs did the same work. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("orders", String.format("%,d", orders));
    parameters.put("tables", String.format("%,d", keys));
    parameters.put("partitions", Integer.toString(PARTITIONS));
    parameters.put("payload", payloadBytes + " B");
    if (hotShare > 0) {
      parameters.put("hot table's share", Math.round(hotShare * 100) + " %");
    }
    parameters.put("concurrency per process", String.format("%,d", concurrency));
    parameters.put("cooking", millis(cook));
    if (slowHeads) {
      parameters.put("first order of each partition", millis(slowCook));
    }
    return parameters;
  }

  private static String millis(Duration duration) {
    return duration.toNanos() % 1_000_000 == 0
        ? duration.toMillis() + " ms"
        : duration.toNanos() / 1000 + " µs";
  }
}
