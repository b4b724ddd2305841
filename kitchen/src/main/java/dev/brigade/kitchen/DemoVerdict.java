package dev.brigade.kitchen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a demo came to, checked against the log: the object that {@code --json} prints.
 *
 * @param passed nothing was lost, no order of a key overtook another, every end is right
 * @param orders that were to be placed
 * @param acknowledged orders that the brokers told the producer are in the log
 * @param inLog orders found in the log; with data of an earlier demo, its orders too
 * @param cooked orders with a meal
 * @param dead orders with a dead letter
 * @param cookedTwice meals beyond an order's first, which at-least-once allows after a crash
 * @param deadTwice dead letters beyond an order's first, likewise
 * @param lost acknowledged orders that are not in the log, and orders in the log without an end
 * @param orderViolations ends that came before those of earlier orders of their key, and cooks of
 *     one key at the same time
 * @param unsoundEnds ends of no order, of another order, or both kinds for one order
 * @param killed the worker that was killed
 * @param moved its partitions
 * @param takeoverMillis from its end to the first meal of one of them; null if there was none
 * @param millis the whole demo up to the verdict
 * @param completion of the cooked orders; null if there are none
 * @param problems what else went wrong, and examples of what was found, in words
 */
record DemoVerdict(
    boolean passed,
    long seed,
    long orders,
    long acknowledged,
    long inLog,
    long cooked,
    long dead,
    long cookedTwice,
    long deadTwice,
    long lost,
    long orderViolations,
    long unsoundEnds,
    String killed,
    List<Integer> moved,
    @Nullable Long takeoverMillis,
    long millis,
    @Nullable Completion completion,
    List<String> problems) {

  /** placedAt to finishedAt, in decimal milliseconds. */
  record Completion(double p50Ms, double p99Ms, double maxMs) {
    private static final double MICROS_PER_MILLI = 1000.0;

    static @Nullable Completion of(Histogram micros) {
      return micros.getTotalCount() == 0
          ? null
          : new Completion(
              micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
              micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
              micros.getMaxValue() / MICROS_PER_MILLI);
    }
  }

  /**
   * @param acknowledged orders of this demo
   * @param problems of the run itself; any of them fails it
   */
  static DemoVerdict of(
      DemoPlan plan,
      long acknowledged,
      LogFindings findings,
      Takeover takeover,
      long millis,
      List<String> problems) {
    long lost = findings.lost(acknowledged);
    List<String> all = new ArrayList<>(problems);
    if (acknowledged < plan.orders()) {
      all.add(
          "%d of %d orders were not acknowledged"
              .formatted(plan.orders() - acknowledged, plan.orders()));
    }
    boolean passed =
        all.isEmpty() && lost == 0 && findings.orderViolations() == 0 && findings.endsAreSound();
    all.addAll(findings.examples());
    var untilFirstMeal = takeover.untilFirstMeal();
    return new DemoVerdict(
        passed,
        plan.seed(),
        plan.orders(),
        acknowledged,
        findings.orders(),
        findings.cooked(),
        findings.dead(),
        findings.cookedTwice(),
        findings.deadTwice(),
        lost,
        findings.orderViolations(),
        findings.conflicting()
            + findings.unknownEnds()
            + findings.mistakenEnds()
            + findings.unreadable(),
        takeover.victim(),
        List.copyOf(takeover.partitions()),
        untilFirstMeal == null ? null : untilFirstMeal.toMillis(),
        millis,
        Completion.of(findings.completionMicros()),
        List.copyOf(all));
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        passed
            ? "PASSED: nothing lost, every table served in order"
            : "FAILED: see what is not as it should be below");
    lines.add(row("acknowledged", acknowledged, "orders the brokers confirmed to the producer"));
    if (inLog > acknowledged) {
      lines.add(row("in the log", inLog, "orders, those of earlier demos among them"));
    }
    lines.add(row("cooked", cooked, "orders with a meal in the log"));
    lines.add(row("dead letters", dead, "orders given up: 1 in 200 has no recipe"));
    lines.add(row("cooked twice", cookedTwice, "in the killed worker's hands: at-least-once"));
    lines.add(row("lost", lost, "must be 0"));
    lines.add(row("order violations", orderViolations, "must be 0: each table in its order"));
    if (unsoundEnds > 0) {
      lines.add(row("unsound ends", unsoundEnds, "must be 0"));
    }
    if (takeoverMillis != null) {
      String words = "from SIGKILL to the first meal of its partitions";
      lines.add(row("takeover", Format.millis(takeoverMillis), words));
    }
    if (completion != null) {
      lines.add(row("latency p50", Format.millis(completion.p50Ms()), "from placed to cooked"));
      lines.add(row("latency p99", Format.millis(completion.p99Ms()), ""));
    }
    lines.add(row("total time", Format.seconds(millis / 1000.0), ""));
    problems.forEach(problem -> lines.add("  ! " + problem));
    return lines;
  }

  private static String row(String name, long count, String words) {
    return row(name, String.format(Locale.ROOT, "%,d", count), words);
  }

  private static String row(String name, String value, String words) {
    return String.format(Locale.ROOT, "  %-17s %9s   %s", name, value, words).stripTrailing();
  }
}
