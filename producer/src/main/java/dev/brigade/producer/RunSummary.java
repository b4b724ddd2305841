package dev.brigade.producer;

import dev.brigade.orders.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run: the object that {@code --json} prints.
 *
 * @param sent orders handed to the Kafka producer; each is acknowledged or failed
 * @param failed orders not known to be in the log
 * @param millis from the first order to the last outcome; with {@code --resume} to the end of the
 *     reading that follows
 * @param ordersPerSecond acknowledged orders over that time
 * @param batch of a generator's orders
 * @param intake of a loaded file
 * @param ends with {@code --wait}
 * @param interrupted whether a signal ended the sending or the waiting early
 */
record RunSummary(
    long sent,
    long acknowledged,
    long failed,
    long millis,
    double ordersPerSecond,
    @Nullable Batch batch,
    OrderSource.@Nullable Intake intake,
    @Nullable Ends ends,
    boolean interrupted) {

  /**
   * How the acknowledged orders ended.
   *
   * @param cookedTwice meals beyond the first of one order
   * @param conflicting orders with a meal and a dead letter
   * @param open orders without an end when the waiting ended
   * @param unreadable records on the two topics that were neither meal nor dead letter
   * @param millis from the first order to the end of the waiting
   * @param completion of the cooked orders; null if there are none
   */
  record Ends(
      long cooked,
      long dead,
      long cookedTwice,
      long conflicting,
      long open,
      long unreadable,
      long millis,
      @Nullable Completion completion) {}

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

  static double perSecond(long orders, long millis) {
    return millis == 0 ? 0 : Math.round(orders * 10_000.0 / millis) / 10.0;
  }

  /** Whether something asked for was not done. Dead letters are an end like any other. */
  boolean isFailure() {
    return failed > 0
        || (intake != null && (intake.refused() > 0 || intake.changed() != null || isTwice(intake)))
        || (ends != null && ends.open() > 0);
  }

  private static boolean isTwice(OrderSource.Intake intake) {
    OrderSource.Resumed resumed = intake.resumed();
    return resumed != null && resumed.twice() > 0;
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "sent %,d orders%s: acknowledged %,d, failed %,d in %.2f s (%,.0f/s)",
            sent,
            batch == null ? "" : " of batch " + batch.id(),
            acknowledged,
            failed,
            millis / 1000.0,
            ordersPerSecond));
    if (intake != null) {
      OrderSource.Resumed resumed = intake.resumed();
      lines.add(
          format(
              "read %,d lines: refused %,d, repeated %,d%s%s",
              intake.lines(),
              intake.refused(),
              intake.repeated(),
              resumed == null ? "" : format(", on the topic before %,d", resumed.onTopic()),
              intake.rejects() == null ? "" : "; see " + intake.rejects()));
      if (resumed != null && resumed.twice() > 0) {
        lines.add(
            format(
                "the topic holds %,d records beyond the first of a line: the file was loaded without"
                    + " --resume before, or by another producer at the same time",
                resumed.twice()));
      }
    }
    if (ends != null) {
      lines.add(endsLine(ends));
    }
    return lines;
  }

  private static String endsLine(Ends ends) {
    StringBuilder line =
        new StringBuilder(
            format(
                "cooked %,d, dead letters %,d, cooked twice %,d, still open %,d after %.2f s",
                ends.cooked(),
                ends.dead(),
                ends.cookedTwice(),
                ends.open(),
                ends.millis() / 1000.0));
    if (ends.conflicting() > 0) {
      line.append(format(", both cooked and dead %,d", ends.conflicting()));
    }
    if (ends.unreadable() > 0) {
      line.append(format(", unreadable records %,d", ends.unreadable()));
    }
    if (ends.completion() != null) {
      line.append(
          format(
              "; completion p50 %,.1f ms, p99 %,.1f ms, max %,.1f ms",
              ends.completion().p50Ms(), ends.completion().p99Ms(), ends.completion().maxMs()));
    }
    return line.toString();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
