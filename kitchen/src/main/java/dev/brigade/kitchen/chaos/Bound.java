package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.Format;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one fault may cost at most.
 *
 * @param words for people
 * @param measure what was seen of it, in words; asked of the finished soak
 * @param kept whether that is within the bound
 */
record Bound(String words, Predicate<Seen> kept, Measure measure) {

  /** What a soak of one kind of fault has shown. */
  record Seen(
      List<FaultRecord> faults,
      List<Timeline.Second> seconds,
      long rebalances,
      long duplicates,
      long dead,
      int restarts) {}

  /** Says what was seen. */
  interface Measure {
    String of(Seen seen);
  }

  /** Every partition that was hit has an end again: in the median of the faults. */
  static Bound progressWithin(Duration limit) {
    return new Bound(
        "progress within %s (median)".formatted(Format.seconds(limit.toMillis() / 1000.0)),
        seen ->
            isWithin(
                median(
                    seen.faults().stream()
                        .map(FaultRecord::recovery)
                        .map(recovery -> recovery == null ? null : recovery.allMillis())),
                limit),
        seen -> "progress after " + worst(seen));
  }

  /** The same, counted from when the fault was healed. */
  static Bound progressAfterHealing(Duration limit) {
    return new Bound(
        "progress within %s of healing (median)"
            .formatted(Format.seconds(limit.toMillis() / 1000.0)),
        seen -> isWithin(median(seen.faults().stream().map(Bound::sinceHealing)), limit),
        seen ->
            "progress %s after healing"
                .formatted(
                    seen.faults().stream()
                        .map(Bound::sinceHealing)
                        .map(Bound::words)
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("never")));
  }

  /** Nobody got or lost a partition. */
  static Bound noRebalance() {
    return new Bound(
        "no rebalance", seen -> seen.rebalances() == 0, seen -> seen.rebalances() + " assignments");
  }

  /** No order was cooked twice. */
  static Bound noDuplicates() {
    return new Bound(
        "no order cooked twice", seen -> seen.duplicates() == 0, Bound::duplicatesInWords);
  }

  /** No more orders than that were cooked twice. */
  static Bound duplicates(long most) {
    return new Bound(
        "at most %s orders cooked twice".formatted(Format.count(most)),
        seen -> seen.duplicates() <= most,
        Bound::duplicatesInWords);
  }

  private static String duplicatesInWords(Seen seen) {
    return Format.count(seen.duplicates()) + " orders cooked twice";
  }

  static Bound noDeadLetters() {
    return new Bound(
        "no dead letters", seen -> seen.dead() == 0, seen -> seen.dead() + " dead letters");
  }

  /** Orders that cannot be cooked are given up, one for each fault, and no others. */
  static Bound deadLetterEach() {
    return new Bound(
        "a dead letter for each of these orders, and no other",
        seen -> seen.dead() == seen.faults().size(),
        seen -> "%d dead letters for %d orders".formatted(seen.dead(), seen.faults().size()));
  }

  /** An order may end no more than so many workers. */
  static Bound deathsEach(int most) {
    return new Bound(
        "some workers end, at most %d for each".formatted(most),
        seen -> seen.restarts() > 0 && seen.restarts() <= most * seen.faults().size(),
        seen -> "%d workers ended".formatted(seen.restarts()));
  }

  /** No longer time without any end. */
  static Bound progressEvery(Duration limit) {
    return new Bound(
        "progress every " + Format.seconds(limit.toMillis() / 1000.0),
        seen -> standstill(seen) <= limit.toSeconds(),
        seen -> "at most %d s without progress".formatted(standstill(seen)));
  }

  /** While a fault is in force, ends come at that share of the rate before it, at least. */
  static Bound rateOf(double share) {
    return new Bound(
        String.format(Locale.ROOT, "at least %.0f %% of the healthy rate", share * 100),
        seen -> slowest(seen) >= share,
        seen -> String.format(Locale.ROOT, "%.0f %% of the healthy rate", slowest(seen) * 100));
  }

  /** The lower one of two; null if one of them never came, or there is none. */
  private static @Nullable Long median(Stream<@Nullable Long> millis) {
    List<@Nullable Long> all = millis.toList();
    if (all.isEmpty() || all.contains(null)) {
      return null;
    }
    return all.stream().sorted().toList().get((all.size() - 1) / 2);
  }

  private static boolean isWithin(@Nullable Long millis, Duration limit) {
    return millis != null && millis <= limit.toMillis();
  }

  /** Until all its partitions had an end; 0 if that was before it was healed. */
  private static @Nullable Long sinceHealing(FaultRecord fault) {
    Recovery recovery = fault.recovery();
    Long injected = fault.injectedAtMillis();
    Long healed = fault.healedAtMillis();
    if (recovery == null || injected == null || healed == null) {
      return null;
    }
    Long last = recovery.allMillis();
    return last == null ? null : Long.valueOf(Math.max(0, injected + last - healed));
  }

  private static String worst(Seen seen) {
    return seen.faults().stream()
        .map(fault -> fault.recovery() == null ? null : fault.recovery().allMillis())
        .map(Bound::words)
        .reduce((a, b) -> a + ", " + b)
        .orElse("never");
  }

  private static String words(@Nullable Long millis) {
    return millis == null ? "never" : Format.millis(millis);
  }

  private static int standstill(Seen seen) {
    return Timeline.longestStandstill(seen.seconds());
  }

  private static double slowest(Seen seen) {
    return seen.faults().stream().mapToDouble(fault -> rate(fault, seen.seconds())).min().orElse(0);
  }

  private static double rate(FaultRecord fault, List<Timeline.Second> seconds) {
    Long from = fault.injectedAtMillis();
    Long to = fault.healedAtMillis();
    if (from == null || to == null) {
      return 0;
    }
    double before = mean(seconds, from / 1000 - 5, from / 1000);
    double during = mean(seconds, from / 1000 + 1, to / 1000);
    return before == 0 ? 0 : during / before;
  }

  private static double mean(List<Timeline.Second> seconds, long from, long to) {
    return seconds.stream()
        .filter(second -> second.second() >= from && second.second() < to)
        .mapToLong(Timeline.Second::ended)
        .average()
        .orElse(0);
  }
}
