package dev.brigade.kitchen;

import dev.brigade.orders.LatencyWindow;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** For logs and pipes: a line per event, and one a second on how the kitchen stands. */
final class LineDisplay implements DemoDisplay {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PrintWriter err;
  private final DemoPlan plan;
  private final long startedNanos;
  private long shownNanos;

  LineDisplay(PrintWriter err, DemoPlan plan, long startedNanos) {
    this.err = err;
    this.plan = plan;
    this.startedNanos = startedNanos;
    this.shownNanos = startedNanos;
  }

  @Override
  public synchronized void say(String line) {
    err.println(stamp(System.nanoTime() - startedNanos) + line);
    err.flush();
  }

  /** Seconds since the start, aligned. */
  static String stamp(long nanos) {
    return String.format(Locale.ROOT, "%6.1f s  ", nanos / 1e9);
  }

  @Override
  public synchronized void show(KitchenView view) {
    long now = System.nanoTime();
    if (now - shownNanos >= INTERVAL_NANOS && view.orders() > 0) {
      shownNanos = now;
      say(line(view));
    }
  }

  private String line(KitchenView view) {
    LatencyWindow latency = view.latency();
    return String.format(
        Locale.ROOT,
        "  %,d of %,d ended, %,d waiting, %.0f cooked/s, p50 %s, p99 %s [%s]",
        view.ended(),
        plan.orders(),
        view.waiting(),
        view.cookedPerSecond(System.currentTimeMillis()),
        latency == null ? "-" : Format.millis(latency.completion().p50Ms()),
        latency == null ? "-" : Format.millis(latency.completion().p99Ms()),
        view.workers().stream()
            .filter(worker -> !worker.partitions.isEmpty())
            .map(worker -> worker.id + ": " + PartitionList.of(worker.partitions))
            .collect(Collectors.joining("; ")));
  }
}
