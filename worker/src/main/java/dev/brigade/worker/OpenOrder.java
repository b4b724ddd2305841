package dev.brigade.worker;

import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An order record from when it is read until its end is acknowledged. Handed from thread to thread
 * (poll thread, chef, retry timer, chef, pass …), owned by one at a time; each handover goes
 * through a lock, which makes the plain fields visible. It is its own entry in the structures it
 * passes through, so that an order costs one object.
 */
final class OpenOrder {
  static final int NO_CHEF = -1;

  final ConsumerRecord<byte[], byte[]> record;
  final Assignment assignment;

  /** What it is ordered by within its partition; null if it stands alone. */
  final byte @Nullable [] key;

  final int keyHash;

  // Guarded by KeyQueues.
  /** The next order of the same key. */
  @Nullable OpenOrder nextOfKey;

  /** Of the first open order of a key: the last one. */
  @Nullable OpenOrder lastOfKey;

  @Nullable OpenOrder nextInBucket;

  @Nullable Order decoded;
  int attempts;

  /** Who began the last try. */
  int lastChef = NO_CHEF;

  /** The last try, if it was left open and has ended since, until a chef judges it. */
  @Nullable AsyncTry endedTry;

  @Nullable Instant firstStartedAt;
  long firstStartedNanos;

  /** Whether its recipe's rate limit has counted it for the next try. */
  boolean hasPermit;

  /** Whether a taster died with it, and maybe others, in it. */
  boolean isAccused;

  /** Deaths of tasters in which it was alone, {@link Tasters#PROOFS} for one that is certain. */
  int proofs;

  /** What ends it in the log, once that is known. */
  @Nullable ProducerRecord<byte[], byte[]> end;

  /** Why it was given up; null unless {@link #end} is a dead letter. */
  @Nullable DeadLetterReason deadReason;

  /** Whether a lane has told the tracker that its end is on its way. Confined to the lane. */
  boolean isTracked;

  OpenOrder(ConsumerRecord<byte[], byte[]> record, Assignment assignment, Ordering ordering) {
    this.record = record;
    this.assignment = assignment;
    this.key = ordering.keyOf(this);
    this.keyHash = Ordering.hash(record, key);
  }

  boolean hasSameKeyAs(OpenOrder other) {
    return keyHash == other.keyHash
        && record.partition() == other.record.partition()
        && Arrays.equals(key, other.key);
  }

  /** A record has to be decoded to know its order's id; if that fails it stands alone. */
  byte @Nullable [] idBytes() {
    try {
      Order order = OrderCodec.decode(record.value());
      decoded = order;
      return order.id().getBytes(StandardCharsets.UTF_8);
    } catch (MalformedRecordException e) {
      return null;
    }
  }

  /**
   * @param reason null for a meal
   */
  void end(ProducerRecord<byte[], byte[]> newEnd, @Nullable DeadLetterReason reason) {
    end = newEnd;
    deadReason = reason;
  }

  CompletionId completionId() {
    return new CompletionId(record.partition(), record.offset());
  }

  /** Its share of the limit on bytes in flight. */
  int bytes() {
    return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
  }
}
