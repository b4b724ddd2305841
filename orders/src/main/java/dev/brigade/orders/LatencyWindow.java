package dev.brigade.orders;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long orders took that ended in one window of time: the value of a record on {@code
 * <kitchen>.latency}. An order belongs to the window of the append time of the record that ended
 * it. Only the first completion of an order counts.
 *
 * @param dish the dish, or {@code *} for all of them together
 * @param windowSeconds 10 or 60
 * @param count cooked orders
 * @param dead dead letters; they are in no latency
 * @param completion placedAt to finishedAt
 * @param waiting placedAt to startedAt
 * @param cook the successful try alone
 * @param clamped latencies that were negative or out of range and were clamped before recording
 * @param revision counts the versions of this window, from 1; a later one replaces an earlier one
 * @param isFinal whether no later revision follows
 * @param histogram lets a reader merge windows without averaging percentiles
 * @param open orders in the log without an end when this revision was emitted
 * @param oldestOpenMs how long the oldest of them has been open
 * @param overdue how many of them are past their deadline
 */
public record LatencyWindow(
    String dish,
    int windowSeconds,
    Instant windowStart,
    Instant windowEnd,
    long count,
    long dead,
    double throughputPerSecond,
    LatencyStats completion,
    @JsonProperty("wait") LatencyStats waiting,
    LatencyStats cook,
    long clamped,
    long revision,
    @JsonProperty("final") boolean isFinal,
    @Nullable EncodedHistogram histogram,
    long open,
    long oldestOpenMs,
    long overdue) {
  public static final String ALL_DISHES = "*";

  public LatencyWindow {
    Checks.present("dish", dish);
    if (!dish.equals(ALL_DISHES)) {
      Checks.dish(dish);
    }
    Checks.atLeast(1, "windowSeconds", windowSeconds);
    Checks.time("windowStart", windowStart);
    Checks.time("windowEnd", windowEnd);
    Checks.atLeast(0, "count", count);
    Checks.atLeast(0, "dead", dead);
    Checks.finite("throughputPerSecond", throughputPerSecond);
    Checks.present("completion", completion);
    Checks.present("wait", waiting);
    Checks.present("cook", cook);
    Checks.atLeast(0, "clamped", clamped);
    Checks.atLeast(1, "revision", revision);
    Checks.atLeast(0, "open", open);
    Checks.atLeast(0, "oldestOpenMs", oldestOpenMs);
    Checks.atLeast(0, "overdue", overdue);
  }

  /** The record key: windows of one dish, length and start replace each other. */
  public String key() {
    return dish + "|" + windowSeconds + "|" + windowStart.toEpochMilli();
  }

  /** Decimal milliseconds, measured in microseconds; all 0 where nothing was counted. */
  public record LatencyStats(
      double minMs,
      double maxMs,
      double meanMs,
      double p50Ms,
      double p90Ms,
      double p95Ms,
      double p99Ms,
      double p999Ms) {
    public LatencyStats {
      Checks.finite("minMs", minMs);
      Checks.finite("maxMs", maxMs);
      Checks.finite("meanMs", meanMs);
      Checks.finite("p50Ms", p50Ms);
      Checks.finite("p90Ms", p90Ms);
      Checks.finite("p95Ms", p95Ms);
      Checks.finite("p99Ms", p99Ms);
      Checks.finite("p999Ms", p999Ms);
    }
  }

  /**
   * @param encoding always {@value #HDR_V2_BASE64}
   * @param completion an HdrHistogram of microseconds, V2 compressed, Base64
   */
  public record EncodedHistogram(String encoding, String completion) {
    public static final String HDR_V2_BASE64 = "hdr-v2-base64";

    public EncodedHistogram {
      Checks.present("histogram.encoding", encoding);
      Checks.present("histogram.completion", completion);
    }
  }
}
