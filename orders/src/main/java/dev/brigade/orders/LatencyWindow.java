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
    if (windowSeconds < 1 || count < 0 || dead < 0 || revision < 1) {
      throw new IllegalArgumentException(
          "windowSeconds and revision must be at least 1 and counts not negative");
    }
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
      double p999Ms) {}

  /**
   * @param encoding always {@value #HDR_V2_BASE64}
   * @param completion an HdrHistogram of microseconds, V2 compressed, Base64
   */
  public record EncodedHistogram(String encoding, String completion) {
    public static final String HDR_V2_BASE64 = "hdr-v2-base64";
  }
}
