package dev.brigade.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What happened when. */
final class Disruptions {
  /**
   * So long after a fault a broker that was away may still believe to lead what it led, and answer
   * with what it knew.
   */
  private static final Duration OLD_ANSWERS = Duration.ofSeconds(5);

  /** Between the moment at which offsets are set back and the first sample that shows it. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);

  private final List<Disruption> all;

  Disruptions(List<Disruption> all) {
    this.all = all;
  }

  List<Disruption> all() {
    return all;
  }

  /** Whether one answer may be old, so that only the next one makes it certain. */
  boolean mayAnswerBeOld(Instant at) {
    return isAmong(Disruption.Kind.BROKERS, at, OLD_ANSWERS);
  }

  /** Whether answers may be old one after another, so that none of them is certain. */
  boolean mayAllAnswersBeOld(Instant at) {
    return isAmong(Disruption.Kind.DIVIDED, at, OLD_ANSWERS);
  }

  boolean mayOffsetsGoBack(Instant at) {
    return isAmong(Disruption.Kind.OFFSETS_RESET, at, SEEN_WITHIN);
  }

  /** Whether who asked for commits at that time may have been told earlier ones. */
  boolean mayHaveReadOldCommits(Instant at) {
    return mayAllAnswersBeOld(at)
        || all.stream()
            .anyMatch(
                disruption ->
                    disruption.kind() == Disruption.Kind.OFFSETS_RESET
                        && !at.isBefore(disruption.from()));
  }

  private boolean isAmong(Disruption.Kind kind, Instant at, Duration grace) {
    return all.stream()
        .anyMatch(
            disruption ->
                disruption.kind() == kind
                    && !at.isBefore(disruption.from())
                    && !at.isAfter(disruption.to().plus(grace)));
  }
}
