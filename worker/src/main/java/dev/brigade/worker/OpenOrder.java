package dev.brigade.worker;

import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Order;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An order record from when it is read until its end is acknowledged. Handed from thread to thread
 * (poll thread, chef, retry timer, chef …), owned by one at a time; each handover goes through a
 * lock, which makes the plain fields visible.
 */
final class OpenOrder {
  static final int NO_CHEF = -1;

  final ConsumerRecord<byte[], byte[]> record;
  final Assignment assignment;
  final OrderKey key;

  /** The next order of the same key; guarded by {@link KeyQueues}. */
  @Nullable OpenOrder next;

  @Nullable Order decoded;
  int attempts;
  int lastChef = NO_CHEF;
  @Nullable Instant firstStartedAt;
  long firstStartedNanos;

  /** Why it was given up; null unless it was. */
  @Nullable DeadLetterReason deadReason;

  OpenOrder(ConsumerRecord<byte[], byte[]> record, Assignment assignment) {
    this.record = record;
    this.assignment = assignment;
    this.key = OrderKey.of(record);
  }

  CompletionId completionId() {
    return new CompletionId(record.partition(), record.offset());
  }

  /** Its share of the limit on bytes in flight. */
  int bytes() {
    return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
  }
}
