package dev.brigade.monitor;

import dev.brigade.orders.LatencyWindow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The windows that are not final, in their store; in memory only an index of when they end. Bounded
 * whatever dishes orders name: beyond {@code mostWindows} a dish gets no further windows of its own
 * and is counted in those of all dishes only. Not thread-safe.
 */
final class LiveWindows {
  private final KeyValueStore<String, LiveWindow> store;
  private final int mostWindows;
  private final TreeMap<Long, Set<String>> byEnd = new TreeMap<>();
  private int size;

  LiveWindows(KeyValueStore<String, LiveWindow> store, int mostWindows) {
    this.store = store;
    this.mostWindows = mostWindows;
    try (KeyValueIterator<String, LiveWindow> all = store.all()) {
      while (all.hasNext()) {
        index(all.next().value);
      }
    }
  }

  /**
   * @return whether there is room for this window
   */
  boolean add(String dish, int seconds, long start, WindowTotals share) {
    String key = LiveWindow.key(dish, seconds, start);
    LiveWindow window = store.get(key);
    if (window == null) {
      if (size >= mostWindows && !dish.equals(LatencyWindow.ALL_DISHES)) {
        return false;
      }
      window = new LiveWindow(dish, seconds, start, 0, new WindowTotals());
      index(window);
    }
    window.totals().add(share);
    store.put(key, window);
    return true;
  }

  private void index(LiveWindow window) {
    byEnd.computeIfAbsent(window.end(), end -> new LinkedHashSet<>()).add(window.key());
    size++;
  }

  /** All of them, those that end first before the others. */
  List<LiveWindow> all() {
    return endingUntil(Long.MAX_VALUE);
  }

  List<LiveWindow> endingUntil(long until) {
    List<LiveWindow> windows = new ArrayList<>();
    for (Set<String> keys : byEnd.headMap(until, true).values()) {
      for (String key : keys) {
        LiveWindow window = store.get(key);
        if (window != null) {
          windows.add(window);
        }
      }
    }
    return windows;
  }

  @Nullable LiveWindow get(String key) {
    return store.get(key);
  }

  void update(LiveWindow window) {
    store.put(window.key(), window);
  }

  void remove(LiveWindow window) {
    store.delete(window.key());
    Set<String> sameEnd = byEnd.get(window.end());
    if (sameEnd != null && sameEnd.remove(window.key())) {
      size--;
      if (sameEnd.isEmpty()) {
        byEnd.remove(window.end());
      }
    }
  }
}
