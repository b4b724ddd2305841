package dev.brigade.kitchen;

import dev.brigade.orders.Activity;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of one worker. Not thread-safe. */
final class WorkerView {
  final String id;
  final RateMeter cookedRate = new RateMeter();
  final SortedSet<Integer> partitions = new TreeSet<>();
  State state = State.STARTING;
  long cooked;
  int inFlight;
  Activity.@Nullable Counts counts;

  enum State {
    STARTING,
    COOKING,
    KILLED,
    DRAINING,
    STOPPED;

    boolean isLive() {
      return this == STARTING || this == COOKING;
    }
  }

  WorkerView(String id) {
    this.id = id;
  }
}
