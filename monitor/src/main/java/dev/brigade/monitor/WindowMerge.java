package dev.brigade.monitor;

import dev.brigade.orders.LatencyWindow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up the partitions' shares and decides when a window is published: while it changes, at most
 * ten times in its length, and a last time as final once every partition has reported all that
 * ended in it. Nothing is published until all partitions have told their standing, so that "open"
 * never leaves one out. An end that comes later still, because clocks differ by more than the
 * grace, is counted in the oldest window that is not final rather than not at all.
 *
 * <p>Confined to its task's thread.
 */
final class WindowMerge {
  private static final Logger LOG = LoggerFactory.getLogger(WindowMerge.class);
  private static final int REVISIONS_PER_WINDOW = 10;

  /**
   * More than what a partition that is read up to its end is behind by what it tells: three seconds
   * until that end is certain, the grace, half a second between reports, and two seconds between
   * the commits of another thread or monitor.
   */
  private static final long CURRENT_MS = 15_000;

  private final int partitions;
  private final LiveWindows windows;
  private final MonitorTotals totals;
  private final Map<Integer, PartitionReport.Standing> standings = new HashMap<>();
  private final TreeSet<String> changed = new TreeSet<>();
  private final Map<String, Long> publishedAt = new HashMap<>();
  private boolean warnedOfDishes;

  WindowMerge(int partitions, LiveWindows windows, MonitorTotals totals) {
    this.partitions = partitions;
    this.windows = windows;
    this.totals = totals;
    windows.all().forEach(window -> changed.add(window.key()));
  }

  void merge(int partition, PartitionReport report) {
    if (report instanceof PartitionReport.Share share) {
      add(partition, share);
    } else if (report instanceof PartitionReport.Standing standing) {
      standings.put(partition, standing);
    } else if (report instanceof PartitionReport.Oddity oddity) {
      totals.count(oddity.kind(), 1);
    }
  }

  private void add(int partition, PartitionReport.Share share) {
    long finalUntil = totals.finalUntil();
    long start = share.windowStart();
    if (WindowTimes.end(start, WindowTimes.SHORTEST_SECONDS) <= finalUntil) {
      long ends = share.totals().count() + share.totals().dead();
      totals.count(OddityKind.LATE, ends);
      LOG.warn(
          "partition {}: {} ends of {} came after their window was final; counted in a later one"
              + " (do the brokers' clocks differ?)",
          partition,
          ends,
          share.dish());
    }
    for (int seconds : WindowTimes.SECONDS) {
      long open =
          WindowTimes.end(WindowTimes.start(start, seconds), seconds) <= finalUntil
              ? finalUntil
              : start;
      addTo(LatencyWindow.ALL_DISHES, seconds, open, share.totals());
      if (!share.dish().equals(OrderState.NO_DISH)) {
        addTo(share.dish(), seconds, open, share.totals());
      }
    }
  }

  private void addTo(String dish, int seconds, long at, WindowTotals share) {
    long start = WindowTimes.start(at, seconds);
    if (windows.add(dish, seconds, start, share)) {
      changed.add(LiveWindow.key(dish, seconds, start));
    } else if (!warnedOfDishes) {
      warnedOfDishes = true;
      LOG.warn("too many dishes: further ones are counted under all dishes only, first {}", dish);
    }
  }

  /**
   * @param now epoch milliseconds
   */
  void publish(long now, Consumer<LatencyWindow> latency) {
    if (standings.size() < partitions) {
      return;
    }
    Map<String, OpenStats> open = openByDish();
    showOpen(now, open);
    publishFinal(now, open, latency);
    for (String key : List.copyOf(changed)) {
      LiveWindow window = windows.get(key);
      if (window != null && isDue(window, now)) {
        LiveWindow revision = window.published();
        windows.update(revision);
        changed.remove(key);
        publishedAt.put(key, now);
        latency.accept(revision.toRecord(false, openOf(revision, open), now));
      }
    }
  }

  private boolean isDue(LiveWindow window, long now) {
    Long last = publishedAt.get(window.key());
    return last == null || now - last >= window.seconds() * 1000L / REVISIONS_PER_WINDOW;
  }

  private void publishFinal(
      long now, Map<String, OpenStats> open, Consumer<LatencyWindow> latency) {
    for (LiveWindow window : windows.endingUntil(completeUntil())) {
      latency.accept(window.published().toRecord(true, openOf(window, open), now));
      windows.remove(window);
      changed.remove(window.key());
      publishedAt.remove(window.key());
      if (window.end() > totals.finalUntil()) {
        totals.setFinalUntil(window.end());
      }
    }
  }

  /**
   * Whether all partitions have been read up to a moment ago.
   *
   * @param now epoch milliseconds
   */
  boolean isCurrent(long now) {
    return standings.size() == partitions && completeUntil() >= now - CURRENT_MS;
  }

  private long completeUntil() {
    long completeUntil = Long.MAX_VALUE;
    for (PartitionReport.Standing standing : standings.values()) {
      completeUntil = Math.min(completeUntil, standing.completeUntil());
    }
    return completeUntil;
  }

  /** Where orders are open, the current window exists and changes even if none ends in it. */
  private void showOpen(long now, Map<String, OpenStats> open) {
    open.forEach(
        (dish, stats) -> {
          for (int seconds : WindowTimes.SECONDS) {
            long start = WindowTimes.start(now, seconds);
            if (stats.open() > 0 && WindowTimes.end(start, seconds) > totals.finalUntil()) {
              addTo(dish, seconds, start, new WindowTotals());
            }
          }
        });
  }

  private Map<String, OpenStats> openByDish() {
    Map<String, OpenStats> open = new TreeMap<>();
    for (PartitionReport.Standing standing : standings.values()) {
      standing
          .open()
          .forEach(
              (dish, stats) -> {
                open.merge(LatencyWindow.ALL_DISHES, stats, OpenStats::plus);
                if (!dish.equals(OrderState.NO_DISH)) {
                  open.merge(dish, stats, OpenStats::plus);
                }
              });
    }
    return open;
  }

  private static OpenStats openOf(LiveWindow window, Map<String, OpenStats> open) {
    return open.getOrDefault(window.dish(), OpenStats.NONE);
  }
}
