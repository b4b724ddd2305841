package dev.brigade.worker;

import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.OrderCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What orders are kept in order by: the record's key within its partition. */
final class OrderKey {
  private final int partition;
  private final byte[] bytes;
  private final int hash;

  private OrderKey(int partition, byte[] bytes) {
    this.partition = partition;
    this.bytes = bytes;
    this.hash = 31 * Arrays.hashCode(bytes) + partition;
  }

  /**
   * The record's key. A record without one is ordered by its order's id, and has to be decoded to
   * know it; if that fails it stands alone.
   */
  static OrderKey of(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    return new OrderKey(record.partition(), key != null ? key : idOf(record));
  }

  private static byte[] idOf(ConsumerRecord<byte[], byte[]> record) {
    try {
      return OrderCodec.decode(record.value()).id().getBytes(StandardCharsets.UTF_8);
    } catch (MalformedRecordException e) {
      return ByteBuffer.allocate(Long.BYTES).putLong(record.offset()).array();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OrderKey key
        && key.hash == hash
        && key.partition == partition
        && Arrays.equals(key.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
