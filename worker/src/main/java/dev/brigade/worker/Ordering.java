package dev.brigade.worker;

import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Which orders are cooked one at a time, in log order, retries included. */
enum Ordering {
  /** Those of one key; a record without a key is ordered by its order's id. */
  KEY,
  /** Those of one partition. */
  PARTITION,
  /** None: each order stands alone. */
  NONE;

  private static final byte[] WHOLE_PARTITION = {};

  /**
   * What the order shares with those it must not overtake, beside its partition.
   *
   * @return null if it stands alone
   */
  byte @Nullable [] keyOf(OpenOrder order) {
    return switch (this) {
      case KEY -> {
        byte[] key = order.record.key();
        yield key != null ? key : order.idBytes();
      }
      case PARTITION -> WHOLE_PARTITION;
      case NONE -> null;
    };
  }

  static int hash(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] key) {
    int hash = 31 * Arrays.hashCode(key) + record.partition();
    return hash ^ hash >>> 16;
  }
}
