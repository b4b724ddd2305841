package dev.brigade.kitchen.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.brigade.audit.Findings;
import dev.brigade.audit.Violation;
import dev.brigade.orders.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a soak has shown: the content of {@code verdict.json}.
 *
 * @param versions of Brigade, Kafka, Java and the system
 * @param schedule what was planned, before anything ran
 * @param counts what was found in the ledger and in the topics
 * @param faults what became of each planned fault
 * @param bounds what they might have cost, and did; empty for a soak
 * @param restarts workers that ended by themselves, as they should, and were started again
 * @param skipped kinds of faults that this machine cannot have, or {@code heap} where it cannot be
 *     looked at, and why
 * @param notes what could not be seen, so that the verdict is unknown
 * @param usualWaitSeconds how long orders waited for their end before the first fault
 * @param longestStandstillSeconds most seconds in a row without an end while orders waited
 */
record Verdict(
    Outcome verdict,
    long seed,
    Instant startedAt,
    long tookSeconds,
    Map<String, String> versions,
    ChaosPlan configuration,
    List<PlannedFault> schedule,
    Counts counts,
    List<Violation> violations,
    List<FaultLine> faults,
    List<BoundLine> bounds,
    List<String> restarts,
    Map<String, String> skipped,
    List<String> notes,
    double usualWaitSeconds,
    int longestStandstillSeconds,
    List<Timeline.Second> seconds) {

  /** In words, as in the file. */
  enum Outcome {
    /** Every promise was kept while every fault had its effect. */
    @JsonProperty("PASSED")
    PASSED,
    /** A promise was broken. */
    @JsonProperty("FAILED")
    FAILED,
    /** No promise was seen broken, but a fault had no effect or something could not be seen. */
    @JsonProperty("UNKNOWN")
    UNKNOWN
  }

  /**
   * How many orders and ends there were.
   *
   * @param acked orders the sender had acknowledged; the outcome of {@code unknown} is not known
   * @param duplicates ends beyond an order's first
   * @param duplicatesAllowed how many of them the faults explain
   */
  record Counts(
      long acked,
      long unknown,
      long failed,
      long ordersInLog,
      long meals,
      long dead,
      long duplicates,
      long duplicatesAllowed) {
    static Counts of(Findings findings) {
      return new Counts(
          findings.acked(),
          findings.unknown(),
          findings.failed(),
          findings.ordersInLog(),
          findings.meals(),
          findings.dead(),
          findings.duplicates(),
          findings.duplicatesAllowed());
    }
  }

  /**
   * One fault, as it is written. Times in milliseconds: of injection and healing since the load
   * began, the others since the injection; null where there is none.
   *
   * @param firstProgressMs until one of the partitions it hit had an end again
   * @param allProgressMs until all of them had
   * @param drainedMs until no more orders waited than before
   * @param evidence what shows that it had an effect
   */
  record FaultLine(
      int number,
      FaultKind kind,
      @Nullable String victim,
      @Nullable Long injectedAtMs,
      @Nullable Long healedAtMs,
      @Nullable Long firstProgressMs,
      @Nullable Long allProgressMs,
      @Nullable Long drainedMs,
      @Nullable String evidence,
      @Nullable String failure) {
    static FaultLine of(FaultRecord record, Progress progress) {
      Recovery recovery = record.recovery();
      return new FaultLine(
          record.planned().number(),
          record.planned().kind(),
          record.victim(),
          record.injectedAtMillis(),
          record.healedAtMillis(),
          recovery == null ? null : recovery.firstMillis(),
          recovery == null ? null : recovery.allMillis(),
          recovery == null ? null : progress.drainedMillis(recovery),
          record.evidence(),
          record.failure());
    }
  }

  /** Of the command that reached it. */
  int exitCode() {
    return switch (verdict) {
      case PASSED -> ExitCode.DONE;
      case FAILED -> ExitCode.FAILED;
      case UNKNOWN -> ExitCode.UNKNOWN;
    };
  }

  /** What the faults of a scenario might have cost, and what they did cost, in words. */
  record BoundLine(String bound, String seen, boolean kept) {
    static BoundLine of(Bound bound, Bound.Seen cost) {
      return new BoundLine(bound.words(), bound.measure().of(cost), bound.kept().test(cost));
    }
  }

  static Outcome outcome(
      List<Violation> violations,
      List<BoundLine> bounds,
      List<FaultRecord> faults,
      List<String> notes) {
    if (!violations.isEmpty() || !bounds.stream().allMatch(BoundLine::kept)) {
      return Outcome.FAILED;
    }
    boolean allBit = faults.stream().allMatch(FaultRecord::hasBitten);
    return allBit && notes.isEmpty() ? Outcome.PASSED : Outcome.UNKNOWN;
  }
}
