package dev.brigade.kitchen;

import dev.brigade.orders.Activity;
import dev.brigade.orders.LatencyWindow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A kitchen as a table of text: one row per worker, one column per partition, and how the last
 * seconds went. At most 80 columns wide. Not thread-safe.
 */
final class DemoScreen {
  private static final int HISTORY = 40;
  private static final long HISTORY_STEP_MILLIS = 1000;
  private static final int MOST_DOTS = 8;
  private static final int MANY_WAITING = 20;

  private final DemoPlan plan;
  private final Style style;
  private final Deque<Double> cookedHistory = new ArrayDeque<>();
  private final Deque<Double> waitingHistory = new ArrayDeque<>();
  private long sampledMillis;

  DemoScreen(DemoPlan plan, Style style) {
    this.plan = plan;
    this.style = style;
  }

  String event(String stamp, String line) {
    return style.paint(Style.DIM, stamp) + line;
  }

  List<String> lines(KitchenView view, long nowMillis) {
    sample(view, nowMillis);
    List<String> lines = new ArrayList<>();
    lines.add("");
    workers(lines, view, nowMillis);
    lines.add("");
    partitions(lines, view);
    lines.add("");
    totals(lines, view, nowMillis);
    return lines;
  }

  private void workers(List<String> lines, KitchenView view, long nowMillis) {
    lines.add(
        style.paint(
            Style.BOLD,
            row("worker", "state", "chefs", "in flight", "cooked/s", "cooked", "partitions")));
    int number = 0;
    for (WorkerView worker : view.workers()) {
      boolean live = worker.state.isLive();
      String line =
          row(
              worker.id,
              worker.state.name().toLowerCase(Locale.ROOT),
              live ? chefs(worker.counts) : "",
              live ? Format.count(worker.inFlight) : "",
              live ? rate(worker.cookedRate.perSecond(nowMillis)) : "",
              Format.count(worker.cooked),
              holding(worker));
      lines.add(style.paint(live ? colour(number) : stateColour(worker), line));
      number++;
    }
  }

  private static String row(
      String worker,
      String state,
      String chefs,
      String inFlight,
      String rate,
      String cooked,
      String partitions) {
    return String.format(
            Locale.ROOT,
            " %-10s %-8s  %-8s %9s %9s %8s   %s",
            worker,
            state,
            chefs,
            inFlight,
            rate,
            cooked,
            partitions)
        .stripTrailing();
  }

  private static String holding(WorkerView worker) {
    String partitions = PartitionList.of(worker.partitions);
    return worker.state == WorkerView.State.KILLED && !partitions.isEmpty()
        ? "(" + partitions + ")"
        : partitions;
  }

  private static String stateColour(WorkerView worker) {
    return worker.state == WorkerView.State.KILLED ? Style.RED : Style.DIM;
  }

  private static String colour(int number) {
    return Style.DISTINCT.get(number % Style.DISTINCT.size());
  }

  private String chefs(Activity.@Nullable Counts counts) {
    if (counts == null) {
      return "";
    }
    return counts.chefs() > MOST_DOTS
        ? counts.busy() + "/" + counts.chefs()
        : style.busy().repeat(counts.busy())
            + style.idle().repeat(Math.max(0, counts.chefs() - counts.busy()));
  }

  private void partitions(List<String> lines, KitchenView view) {
    StringBuilder numbers = new StringBuilder(" partition ");
    StringBuilder holders = new StringBuilder(" worker    ");
    StringBuilder waiting = new StringBuilder(" waiting   ");
    List<WorkerView> workers = List.copyOf(view.workers());
    for (int partition = 0; partition < view.partitions(); partition++) {
      numbers.append(cell(Integer.toString(partition)));
      holders.append(holder(view.holder(partition), workers));
      long count = view.waiting(partition);
      String cell = cell(Format.count(count));
      waiting.append(count > MANY_WAITING ? style.paint(Style.YELLOW, cell) : cell);
    }
    lines.add(style.paint(Style.BOLD, numbers.toString()));
    lines.add(holders.toString());
    lines.add(waiting.toString());
  }

  /** A worker's number; a killed one's in parentheses. */
  private String holder(@Nullable String id, List<WorkerView> workers) {
    for (int i = 0; i < workers.size(); i++) {
      WorkerView worker = workers.get(i);
      if (worker.id.equals(id)) {
        String number = Integer.toString(i + 1);
        return worker.state == WorkerView.State.KILLED
            ? style.paint(Style.RED, cell("(" + number + ")"))
            : style.paint(colour(i), cell(number));
      }
    }
    return cell("-");
  }

  private static String cell(String text) {
    return String.format(Locale.ROOT, "%5s", text);
  }

  private void totals(List<String> lines, KitchenView view, long nowMillis) {
    lines.add(
        String.format(
            Locale.ROOT,
            " cooked/s %6s  %s",
            rate(view.cookedPerSecond(nowMillis)),
            style.paint(Style.GREEN, history(cookedHistory))));
    lines.add(
        String.format(
            Locale.ROOT,
            " waiting  %6s  %s",
            Format.count(view.waiting()),
            style.paint(Style.YELLOW, history(waitingHistory))));
    LatencyWindow latency = view.latency();
    lines.add(
        latency == null
            ? " latency       -"
            : String.format(
                Locale.ROOT,
                " latency  p50 %s, p99 %s of the orders that ended in the last 10 s",
                Format.millis(latency.completion().p50Ms()),
                Format.millis(latency.completion().p99Ms())));
    lines.add(
        String.format(
            Locale.ROOT,
            " orders   %,d of %,d placed, %,d ended, %,d dead letters, %,d retries",
            view.orders(),
            plan.orders(),
            view.ended(),
            view.deadLetters(),
            view.retries()));
  }

  private void sample(KitchenView view, long nowMillis) {
    if (nowMillis - sampledMillis < HISTORY_STEP_MILLIS || view.orders() == 0) {
      return;
    }
    sampledMillis = nowMillis;
    push(cookedHistory, view.cookedPerSecond(nowMillis));
    push(waitingHistory, view.waiting());
  }

  private static void push(Deque<Double> history, double value) {
    history.addLast(value);
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
  }

  private String history(Deque<Double> values) {
    double most = values.stream().mapToDouble(value -> value).max().orElse(0);
    StringBuilder bars = new StringBuilder();
    values.forEach(value -> bars.append(style.bar(value, most)));
    return bars.toString();
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%,.0f", perSecond);
  }
}
