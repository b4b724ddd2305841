package dev.brigade.kitchen.chaos;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Since when brokers, or connections with them, have been in order. Thread-safe. */
final class Outages {
  /** Brokers that are back are found, and have leaders for all partitions, within this time. */
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private static final Set<Layer> LAYERS = EnumSet.of(Layer.BROKERS, Layer.NETWORK);

  private final Set<Layer> inForce = EnumSet.noneOf(Layer.class);
  private long lastNanos = System.nanoTime() - RECOVERY.toNanos();

  synchronized void begin(Layer layer) {
    if (LAYERS.contains(layer)) {
      inForce.add(layer);
    }
  }

  synchronized void end(Layer layer) {
    if (inForce.remove(layer)) {
      lastNanos = System.nanoTime();
    }
  }

  /** Whether some fault of them is in force, or was within the last minute. */
  synchronized boolean isRecent() {
    return !inForce.isEmpty() || System.nanoTime() - lastNanos < RECOVERY.toNanos();
  }
}
