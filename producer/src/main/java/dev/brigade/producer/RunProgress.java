package dev.brigade.producer;

import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the progress line shows of a run. Confined to the thread that draws it. */
final class RunProgress implements Supplier<String> {
  private static final int BAR_CHARS = 20;
  private static final double SMOOTHING = 0.2;

  private final OrderSource source;
  private final OrderSender sender;
  private final @Nullable OpenOrders open;
  private long lastNanos = System.nanoTime();
  private long lastDone;
  private double perSecond;

  RunProgress(OrderSource source, OrderSender sender, @Nullable OpenOrders open) {
    this.source = source;
    this.sender = sender;
    this.open = open;
  }

  @Override
  public String get() {
    long acknowledged = sender.acknowledged();
    long ended = open == null ? 0 : open.cooked() + open.dead();
    measure(open == null ? acknowledged : ended);
    String counts =
        String.format(Locale.ROOT, "sent %,d, acknowledged %,d", sender.sent(), acknowledged);
    if (open != null) {
      counts += String.format(Locale.ROOT, ", ended %,d", ended);
    }
    return bar(fraction(acknowledged, ended))
        + counts
        + String.format(Locale.ROOT, ", %,.0f/s", perSecond);
  }

  /** Of the slower of sending and ending. */
  private double fraction(long acknowledged, long ended) {
    double pushed = source.fraction();
    return open == null || acknowledged == 0 ? pushed : pushed * ended / acknowledged;
  }

  private void measure(long done) {
    long now = System.nanoTime();
    double latest = (done - lastDone) * 1e9 / Math.max(1, now - lastNanos);
    perSecond += (latest - perSecond) * (perSecond == 0 ? 1 : SMOOTHING);
    lastNanos = now;
    lastDone = done;
  }

  private static String bar(double fraction) {
    if (Double.isNaN(fraction)) {
      return "";
    }
    double within = Math.max(0, Math.min(1, fraction));
    int full = (int) (within * BAR_CHARS);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f%% ",
        "#".repeat(full),
        "-".repeat(BAR_CHARS - full),
        Math.floor(within * 100));
  }
}
