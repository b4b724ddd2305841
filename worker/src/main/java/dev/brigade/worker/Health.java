package dev.brigade.worker;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Whether a worker lives and whether it takes orders in. Thread-safe. */
final class Health {
  /**
   * A poll thread that has not turned for longer is stuck: giving partitions away may hold it for
   * some 16 s (orders that end, then a commit, then the offsets of new partitions).
   */
  static final Duration TURNS_WITHIN = Duration.ofSeconds(60);

  /**
   * @param status {@code up} or {@code down}
   */
  record State(String status, String reason) {
    static State up(String reason) {
      return new State("up", reason);
    }

    static State down(String reason) {
      return new State("down", reason);
    }

    boolean isUp() {
      return status.equals("up");
    }
  }

  private final LongSupplier nanoTime;
  private volatile long lastTurn;
  private volatile boolean joined;
  private volatile boolean draining;
  private volatile @Nullable Throwable failure;

  /**
   * @param nanoTime the time now, from any origin
   */
  Health(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastTurn = nanoTime.getAsLong();
  }

  void turned() {
    lastTurn = nanoTime.getAsLong();
  }

  void joined(boolean isIn) {
    joined = isIn;
  }

  void draining() {
    draining = true;
  }

  void failed(Throwable cause) {
    failure = cause;
  }

  /** Down if only a new process can help. */
  State live() {
    Throwable cause = failure;
    if (cause != null) {
      return State.down("failed, the log says more: " + cause.getClass().getSimpleName());
    }
    Duration still = Duration.ofNanos(nanoTime.getAsLong() - lastTurn);
    if (still.compareTo(TURNS_WITHIN) > 0) {
      return State.down("the poll thread has not turned for " + still.toSeconds() + " s");
    }
    return State.up("running");
  }

  /** Up while this worker is in the group and takes orders in. */
  State ready() {
    State live = live();
    if (!live.isUp()) {
      return live;
    }
    if (draining) {
      return State.down("draining: takes nothing in, finishes what is being cooked");
    }
    return joined ? State.up("in the group and polling") : State.down("not in the group yet");
  }
}
