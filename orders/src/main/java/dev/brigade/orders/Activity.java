package dev.brigade.orders;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells about itself: the value of a record on {@code <kitchen>.activity}, keyed by
 * worker id. At-least-once, best effort: for watching, never for deciding.
 *
 * @param partitions of {@code assigned}, {@code revoked}, {@code lost}, {@code blocked}, {@code
 *     unblocked} and {@code report}
 * @param order of {@code retrying} and {@code chef-failed}
 * @param counts of {@code report}; totals since the worker started
 * @param message for people
 */
public record Activity(
    String worker,
    String host,
    long pid,
    Instant at,
    Type type,
    @Nullable List<Partition> partitions,
    @Nullable FailedOrder order,
    @Nullable Counts counts,
    @Nullable String message) {

  public Activity {
    Checks.notEmpty("worker", worker);
    Checks.present("host", host);
    Checks.atLeast(0, "pid", pid);
    Checks.time("at", at);
    Checks.present("type", type);
    if (partitions != null) {
      partitions.forEach(partition -> Checks.present("each of partitions", partition));
      partitions = List.copyOf(partitions);
    }
  }

  /** What happened. {@code report} comes every second. */
  public enum Type {
    @JsonProperty("started")
    STARTED,
    @JsonProperty("assigned")
    ASSIGNED,
    @JsonProperty("revoked")
    REVOKED,
    @JsonProperty("lost")
    LOST,
    @JsonProperty("blocked")
    BLOCKED,
    @JsonProperty("unblocked")
    UNBLOCKED,
    @JsonProperty("retrying")
    RETRYING,
    @JsonProperty("chef-failed")
    CHEF_FAILED,
    @JsonProperty("breaker-open")
    BREAKER_OPEN,
    @JsonProperty("breaker-closed")
    BREAKER_CLOSED,
    @JsonProperty("draining")
    DRAINING,
    @JsonProperty("stopped")
    STOPPED,
    @JsonProperty("report")
    REPORT
  }

  /**
   * One assigned partition of {@code orders}.
   *
   * @param position the next offset to be read; null where only the partition is told
   * @param committed every earlier offset has its end in the log
   * @param inFlight orders read but without an acknowledged end
   * @param paused whether reading it is paused for the time being
   */
  public record Partition(
      int partition,
      @Nullable Long position,
      @Nullable Long committed,
      @Nullable Integer inFlight,
      @Nullable Boolean paused) {
    public Partition {
      Checks.atLeast(0, "partition", partition);
    }

    public static Partition named(int partition) {
      return new Partition(partition, null, null, null, null);
    }
  }

  /**
   * A try that failed.
   *
   * @param chef the chef it failed with
   * @param attempt which try it was, from 1
   * @param retryMillis how long until the next try may begin; null if there is none
   */
  public record FailedOrder(
      String id,
      @Nullable String dish,
      int partition,
      long offset,
      int chef,
      int attempt,
      String reason,
      @Nullable Long retryMillis) {
    public FailedOrder {
      Checks.present("order.id", id);
      Checks.atLeast(0, "order.partition", partition);
      Checks.atLeast(0, "order.offset", offset);
      Checks.atLeast(0, "order.chef", chef);
      Checks.atLeast(1, "order.attempt", attempt);
      Checks.present("order.reason", reason);
    }
  }

  /**
   * @param chefs how many the worker has, and how many of them are cooking now
   * @param cooked meals acknowledged
   * @param failed tries that failed
   * @param dead dead letters acknowledged
   */
  public record Counts(int chefs, int busy, long cooked, long failed, long dead) {
    public Counts {
      Checks.atLeast(0, "chefs", chefs);
      Checks.atLeast(0, "busy", busy);
      Checks.atLeast(0, "cooked", cooked);
      Checks.atLeast(0, "failed", failed);
      Checks.atLeast(0, "dead", dead);
    }
  }
}
