package dev.brigade.monitor;

import dev.brigade.orders.LatencyWindow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.serialization.Serde;

/**
 * A window that is not final yet, merged from all partitions.
 *
 * @param dish {@link LatencyWindow#ALL_DISHES} for all together
 * @param start epoch milliseconds
 * @param revision how often it was published
 */
record LiveWindow(String dish, int seconds, long start, long revision, WindowTotals totals) {
  static final Serde<LiveWindow> SERDE = Binary.serde(LiveWindow::write, LiveWindow::read);

  static String key(String dish, int seconds, long start) {
    return dish + "|" + seconds + "|" + start;
  }

  String key() {
    return key(dish, seconds, start);
  }

  long end() {
    return WindowTimes.end(start, seconds);
  }

  boolean contains(long at) {
    return start <= at && at < end();
  }

  LiveWindow published() {
    return new LiveWindow(dish, seconds, start, revision + 1, totals);
  }

  /** What readers of {@code latency} get to see. */
  LatencyWindow toRecord(boolean isFinal, OpenStats open, long now) {
    Histogram completion = totals.completion().toHistogram();
    return new LatencyWindow(
        dish,
        seconds,
        Instant.ofEpochMilli(start),
        Instant.ofEpochMilli(end()),
        totals.count(),
        totals.dead(),
        throughput(isFinal, now),
        totals.completion().stats(completion),
        totals.waiting().stats(totals.waiting().toHistogram()),
        totals.cook().stats(totals.cook().toHistogram()),
        totals.clamped(),
        revision,
        isFinal,
        LatencyHistograms.encode(completion),
        open.open(),
        open.oldestOpenMs(now),
        open.overdue());
  }

  /** Over the part of the window that has gone by, but no less than a second of it. */
  private double throughput(boolean isFinal, long now) {
    long length = seconds * 1000L;
    long elapsed = isFinal ? length : Math.max(1000, Math.min(length, now - start));
    return Math.round(totals.count() * 1_000_000.0 / elapsed) / 1000.0;
  }

  private static void write(LiveWindow window, DataOutput out) throws IOException {
    out.writeUTF(window.dish);
    out.writeInt(window.seconds);
    out.writeLong(window.start);
    out.writeLong(window.revision);
    window.totals.write(out);
  }

  private static LiveWindow read(DataInput in) throws IOException {
    return new LiveWindow(
        in.readUTF(), in.readInt(), in.readLong(), in.readLong(), WindowTotals.read(in));
  }
}
