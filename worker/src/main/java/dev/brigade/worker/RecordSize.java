package dev.brigade.worker;

import dev.brigade.orders.Order;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What the contract lets an order record weigh. */
final class RecordSize {
  /** Tables have at most 256 characters; others may choose longer keys, but not without limit. */
  static final int MAX_KEY_BYTES = 64 * 1024;

  private RecordSize() {}

  /** What is too large about this record, or null. */
  static @Nullable String excess(ConsumerRecord<byte[], byte[]> record) {
    if (record.serializedValueSize() > Order.MAX_VALUE_BYTES) {
      return excess("value", record.serializedValueSize(), Order.MAX_VALUE_BYTES);
    }
    if (record.serializedKeySize() > MAX_KEY_BYTES) {
      return excess("key", record.serializedKeySize(), MAX_KEY_BYTES);
    }
    long headers = headerBytes(record.headers());
    return headers > Order.MAX_HEADER_BYTES
        ? excess("headers", headers, Order.MAX_HEADER_BYTES)
        : null;
  }

  /** Names and values of all headers together. */
  static long headerBytes(Headers headers) {
    long bytes = 0;
    for (Header header : headers) {
      bytes += header.key().getBytes(StandardCharsets.UTF_8).length;
      bytes += header.value() == null ? 0 : header.value().length;
    }
    return bytes;
  }

  private static String excess(String part, long bytes, long limit) {
    return part + " of " + bytes + " bytes, the limit is " + limit;
  }
}
