package dev.brigade.kitchen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The figures of {@code lab fault-tolerance}.
 *
 * @param failShare the probability that a try fails
 * @param tries of all dishes of the first part
 * @param failed of these tries
 * @param toAnotherChef tries after a failed one that were another chef's
 * @param toTheSameChef those that were not: no other chef was free
 * @param attempts how many dishes were cooked at which try
 */
record FaultReport(
    String lab,
    int dishes,
    double failShare,
    int tries,
    int failed,
    long toAnotherChef,
    long toTheSameChef,
    List<AttemptsHistogram.Row> attempts,
    Crash crash,
    CheckedLog check,
    List<Claim> claims)
    implements LabReport {

  /** In standard deviations: chance strays further once in two million runs. */
  private static final double MOST_DEVIATIONS = 5;

  /** What became of the first part's dishes. */
  record Failures(
      List<Integer> attemptsOfEach, double failShare, long toAnotherChef, long toTheSameChef) {
    int tries() {
      return attemptsOfEach.stream().mapToInt(Integer::intValue).sum();
    }

    int failed() {
      return tries() - attemptsOfEach.size();
    }
  }

  /**
   * A worker that was killed.
   *
   * @param dishes ordered before, in this part
   * @param left on its partitions, without a meal as far as was known when it died
   * @param takenOverBy in words
   * @param millis from its death to the first meal of its partitions by somebody else
   */
  record Crash(
      int dishes,
      String worker,
      List<Integer> partitions,
      long left,
      String takenOverBy,
      @Nullable Long millis) {}

  static FaultReport of(Failures failures, Crash crash, CheckedLog check) {
    int tries = failures.tries();
    double failedShare = tries == 0 ? 0 : (double) failures.failed() / tries;
    double deviation =
        Math.sqrt(failures.failShare * (1 - failures.failShare) / Math.max(1, tries));
    List<Claim> claims =
        List.of(
            new Claim(
                format("chefs fail in %.0f %% of their tries", failures.failShare * 100),
                format("%d of %d, %.0f %%", failures.failed(), tries, failedShare * 100),
                Math.abs(failedShare - failures.failShare) <= MOST_DEVIATIONS * deviation),
            new Claim(
                "a dead worker's dishes are cooked by the others",
                crash.millis == null
                    ? "nobody cooked any"
                    : format("the first after %.1f s", crash.millis / 1000.0),
                crash.millis != null && crash.left > 0),
            check.allCooked(),
            check.noneLost());
    return new FaultReport(
        "fault-tolerance",
        failures.attemptsOfEach.size(),
        failures.failShare,
        tries,
        failures.failed(),
        failures.toAnotherChef,
        failures.toTheSameChef,
        AttemptsHistogram.of(failures.attemptsOfEach, failures.failShare),
        crash,
        check,
        claims);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%d dishes, each tried until it was cooked. Every try fails with a chance of %.0f %%.",
            dishes, failShare * 100));
    lines.addAll(AttemptsHistogram.lines(attempts));
    lines.add(
        format(
            "  %d of %d tries failed. %d times the next try was another chef's, %d times the same",
            failed, tries, toAnotherChef, toTheSameChef));
    lines.add("  one's, for no other was free.");
    lines.add("");
    lines.add(
        format(
            "%d dishes, and %s dies (SIGKILL) when a third of them is cooked.",
            crash.dishes, crash.worker));
    lines.add(
        format(
            "  It held partitions %s with %d dishes to cook, some of them in its hands.",
            PartitionList.of(crash.partitions), crash.left));
    lines.add(
        crash.millis == null
            ? "  Nobody has cooked any of them."
            : format(
                "  They moved: %s; the next meal came %.1f s after the kill.",
                crash.takenOverBy, crash.millis / 1000.0));
    lines.add(
        format(
            "  %d dishes were cooked twice: their meals were in the log, their offsets not committed.",
            check.cookedTwice()));
    return lines;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
