package dev.brigade.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What ended in a window of time, or in one partition's share of it. Not thread-safe. */
final class WindowTotals {
  private final LatencyCounts completion;
  private final LatencyCounts waiting;
  private final LatencyCounts cook;
  private long dead;
  private long clamped;

  WindowTotals() {
    this(new LatencyCounts(), new LatencyCounts(), new LatencyCounts());
  }

  private WindowTotals(LatencyCounts completion, LatencyCounts waiting, LatencyCounts cook) {
    this.completion = completion;
    this.waiting = waiting;
    this.cook = cook;
  }

  void count(OrderEnd end) {
    if (!end.cooked()) {
      dead++;
      return;
    }
    completion.record(end.completion());
    waiting.record(end.waiting());
    cook.record(end.cook());
    clamped += end.clamped();
  }

  void add(WindowTotals share) {
    completion.add(share.completion);
    waiting.add(share.waiting);
    cook.add(share.cook);
    dead += share.dead;
    clamped += share.clamped;
  }

  long count() {
    return completion.count();
  }

  long dead() {
    return dead;
  }

  long clamped() {
    return clamped;
  }

  LatencyCounts completion() {
    return completion;
  }

  LatencyCounts waiting() {
    return waiting;
  }

  LatencyCounts cook() {
    return cook;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(dead);
    out.writeLong(clamped);
    completion.write(out);
    waiting.write(out);
    cook.write(out);
  }

  static WindowTotals read(DataInput in) throws IOException {
    long dead = in.readLong();
    long clamped = in.readLong();
    WindowTotals totals =
        new WindowTotals(LatencyCounts.read(in), LatencyCounts.read(in), LatencyCounts.read(in));
    totals.dead = dead;
    totals.clamped = clamped;
    return totals;
  }
}
