package dev.brigade.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The work of a scenario, the same for every contender.
 *
 * @param orders how many
 * @param keys how many tables they are for, drawn uniformly
 * @param partitions of the topic of orders, at most 65,535
 * @param payloadBytes of each order
 * @param hotShare 0 to 1: the share of orders that are for one table more, the hot one
 * @param slowHeads whether the first order of every partition is a slow one
 * @param concurrency how many orders one process may cook at once
 * @param inFlight how many orders one process of Brigade may have read and not yet ended; 0 for
 *     what it takes by itself
 * @param heapMebibytes the most heap of each Java process; 0 for what the JVM takes by itself
 * @param cook how long an order takes
 * @param slowCook how long a slow one takes
 */
public record Workload(
    int orders,
    int keys,
    int partitions,
    int payloadBytes,
    double hotShare,
    boolean slowHeads,
    int concurrency,
    int inFlight,
    int heapMebibytes,
    Duration cook,
    Duration slowCook) {
  private static final Duration SLOW = Duration.ofSeconds(5);

  /** Orders for 10,000 tables in 12 partitions with 64 bytes of payload, none of them special. */
  static Workload of(int orders, int concurrency, Duration cook) {
    return new Workload(orders, 10_000, 12, 64, 0, false, concurrency, 0, 0, cook, SLOW);
  }

  Workload withOrders(int count) {
    return new Workload(
        count,
        keys,
        partitions,
        payloadBytes,
        hotShare,
        slowHeads,
        concurrency,
        inFlight,
        heapMebibytes,
        cook,
        slowCook);
  }

  Workload withKeys(int count) {
    return new Workload(
        orders,
        count,
        partitions,
        payloadBytes,
        hotShare,
        slowHeads,
        concurrency,
        inFlight,
        heapMebibytes,
        cook,
        slowCook);
  }

  Workload withPartitions(int count) {
    return new Workload(
        orders,
        keys,
        count,
        payloadBytes,
        hotShare,
        slowHeads,
        concurrency,
        inFlight,
        heapMebibytes,
        cook,
        slowCook);
  }

  Workload withPayload(int bytes) {
    return new Workload(
        orders,
        keys,
        partitions,
        bytes,
        hotShare,
        slowHeads,
        concurrency,
        inFlight,
        heapMebibytes,
        cook,
        slowCook);
  }

  Workload withHotShare(double share) {
    return new Workload(
        orders,
        keys,
        partitions,
        payloadBytes,
        share,
        slowHeads,
        concurrency,
        inFlight,
        heapMebibytes,
        cook,
        slowCook);
  }

  /** With slow orders as long as before, 5 s unless told otherwise. */
  Workload withSlowHeads() {
    return withSlowHeads(slowCook);
  }

  Workload withSlowHeads(Duration each) {
    return new Workload(
        orders,
        keys,
        partitions,
        payloadBytes,
        hotShare,
        true,
        concurrency,
        inFlight,
        heapMebibytes,
        cook,
        each);
  }

  Workload withInFlight(int most) {
    return new Workload(
        orders,
        keys,
        partitions,
        payloadBytes,
        hotShare,
        slowHeads,
        concurrency,
        most,
        heapMebibytes,
        cook,
        slowCook);
  }

  Workload withHeap(int mebibytes) {
    return new Workload(
        orders,
        keys,
        partitions,
        payloadBytes,
        hotShare,
        slowHeads,
        concurrency,
        inFlight,
        mebibytes,
        cook,
        slowCook);
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
    parameters.put("partitions", String.format("%,d", partitions));
    parameters.put("payload", payloadBytes + " B");
    if (hotShare > 0) {
      parameters.put("hot table's share", Math.round(hotShare * 100) + " %");
    }
    parameters.put("concurrency per process", String.format("%,d", concurrency));
    if (inFlight > 0) {
      parameters.put("in flight", String.format("%,d", inFlight));
    }
    if (heapMebibytes > 0) {
      parameters.put("heap", String.format("%,d MiB", heapMebibytes));
    }
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
