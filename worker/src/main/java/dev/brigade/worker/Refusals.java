package dev.brigade.worker;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jspecify.annotations.Nullable;

/**
 * For how long the group has refused one and the same member. A member that the group has put out
 * hears of it with its next heartbeat, and is another one from then on. If it does not, its
 * consumer listens to a coordinator that is none any more: a broker that the others do not reach
 * goes on to answer heartbeats, for which it has to write nothing.
 *
 * <p>Thread-safe.
 */
final class Refusals {
  private final LongSupplier nanoTime;

  // Guarded by this.
  private @Nullable ConsumerGroupMetadata refused;
  private long firstNanos;
  private long lastNanos;

  /**
   * @param nanoTime the time now, from any origin
   */
  Refusals(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  synchronized void refused(ConsumerGroupMetadata member) {
    lastNanos = nanoTime.getAsLong();
    if (!member.equals(refused)) {
      refused = member;
      firstNanos = lastNanos;
    }
  }

  synchronized void accepted() {
    refused = null;
  }

  /**
   * Whether this member was refused again and again, the last time at least so long after the
   * first. If so, both are forgotten.
   */
  synchronized boolean take(ConsumerGroupMetadata member, Duration patience) {
    if (!member.equals(refused) || lastNanos - firstNanos < patience.toNanos()) {
      return false;
    }
    refused = null;
    return true;
  }
}
