package dev.brigade.recipekit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Orders of one key, one behind the other: the first is ready, being cooked or between two tries.
 * Those that are ready come out in the order in which they became so. Not thread-safe.
 */
final class KeyLines {
  private final Map<String, Deque<Cooking>> lines = new HashMap<>();
  private final Deque<Cooking> ready = new ArrayDeque<>();

  /** Puts one behind all others of its key. */
  void add(Cooking cooking) {
    Deque<Cooking> line = lines.computeIfAbsent(key(cooking), key -> new ArrayDeque<>());
    line.add(cooking);
    if (line.size() == 1) {
      ready.add(cooking);
    }
  }

  /** The next one to be cooked; null if there is none. */
  @Nullable Cooking poll() {
    return ready.poll();
  }

  /** The first of its key may be cooked again. */
  void retryIsDue(Cooking cooking) {
    ready.add(cooking);
  }

  /** The first of its key has its end. */
  void ended(Cooking cooking) {
    Deque<Cooking> line = lines.getOrDefault(key(cooking), new ArrayDeque<>());
    line.remove(cooking);
    if (line.isEmpty()) {
      lines.remove(key(cooking));
    } else {
      ready.add(line.getFirst());
    }
  }

  void clear() {
    lines.clear();
    ready.clear();
  }

  private static String key(Cooking cooking) {
    return cooking.order.order().key();
  }
}
