package dev.brigade.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * 64-bit hashes to know content by again: the first 8 bytes of its SHA-256, big-endian. Confined to
 * one thread.
 */
final class Hashes {
  /** Before a part that is null, and before one that is not: null and empty are not the same. */
  private static final byte ABSENT = 0;

  private static final byte PRESENT = 1;

  private final MessageDigest digest = sha256();

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Of the bytes alone; null counts as empty. */
  long of(byte @Nullable [] bytes) {
    return bytes == null ? of(new byte[0]) : firstBytes(digest.digest(bytes));
  }

  /**
   * What an order and its end have in common: the record's key and the order's id, empty where the
   * value is no order.
   */
  long ofIdentity(byte @Nullable [] key, String id) {
    add(key);
    add(id.getBytes(StandardCharsets.UTF_8));
    return firstBytes(digest.digest());
  }

  /** Of key, value and headers. */
  long ofRecord(ConsumerRecord<byte[], byte[]> record) {
    add(record.key());
    add(record.value());
    for (Header header : record.headers()) {
      add(header.key().getBytes(StandardCharsets.UTF_8));
      add(header.value());
    }
    return firstBytes(digest.digest());
  }

  private void add(byte @Nullable [] part) {
    if (part == null) {
      digest.update(ABSENT);
      return;
    }
    digest.update(PRESENT);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
    digest.update(part);
  }

  private static long firstBytes(byte[] hash) {
    return ByteBuffer.wrap(hash).getLong();
  }
}
