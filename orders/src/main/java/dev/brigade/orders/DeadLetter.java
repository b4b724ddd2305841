package dev.brigade.orders;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An order that was given up, as the {@code brigade.*} headers of a record on {@code
 * <kitchen>.dead-letters}. That record's key, value and other headers are the order's own.
 *
 * @param error what happened last, at most 1 KiB of UTF-8 (more is cut)
 * @param attempts how often it was tried, 0 if it never reached a recipe
 * @param worker the worker that gave it up
 * @param at when
 * @param originTopic the topic its order was read from
 * @param origin the order's place in that topic
 */
public record DeadLetter(
    DeadLetterReason reason,
    String error,
    int attempts,
    String worker,
    Instant at,
    String originTopic,
    CompletionId origin) {
  /** Headers with this prefix are ours; all others are the sender's and travel along. */
  public static final String HEADER_PREFIX = "brigade.";

  public static final String REASON = "brigade.reason";
  public static final String ERROR = "brigade.error";
  public static final String ATTEMPTS = "brigade.attempts";
  public static final String WORKER = "brigade.worker";
  public static final String AT = "brigade.at";
  public static final String ORIGIN = "brigade.origin";

  /** Of an {@code oversize} order: the whole value's length in bytes and its SHA-256 in hex. */
  public static final String VALUE_BYTES = "brigade.value-bytes";

  public static final String VALUE_SHA256 = "brigade.value-sha256";

  public static final int MAX_ERROR_BYTES = 1024;

  public DeadLetter {
    error = Text.cutToUtf8Bytes(error, MAX_ERROR_BYTES);
  }

  public void writeTo(Headers headers) {
    put(headers, REASON, reason.wireName());
    put(headers, ERROR, error);
    put(headers, ATTEMPTS, Integer.toString(attempts));
    put(headers, WORKER, worker);
    put(headers, AT, at.toString());
    put(headers, ORIGIN, originTopic + "/" + origin);
  }

  /**
   * @throws MalformedRecordException if a header is missing or is not what it should be
   */
  public static DeadLetter read(Headers headers) throws MalformedRecordException {
    String origin = text(headers, ORIGIN);
    int offsetAt = origin.lastIndexOf('/');
    int partitionAt = origin.lastIndexOf('/', offsetAt - 1);
    if (partitionAt <= 0) {
      throw MalformedRecordException.invalid(
          ORIGIN + " is not topic/partition/offset: '" + origin + "'");
    }
    try {
      return new DeadLetter(
          DeadLetterReason.ofWireName(text(headers, REASON)),
          text(headers, ERROR),
          Integer.parseInt(text(headers, ATTEMPTS)),
          text(headers, WORKER),
          Instant.parse(text(headers, AT)),
          origin.substring(0, partitionAt),
          new CompletionId(
              Integer.parseInt(origin.substring(partitionAt + 1, offsetAt)),
              Long.parseLong(origin.substring(offsetAt + 1))));
    } catch (NumberFormatException | DateTimeException e) {
      throw MalformedRecordException.invalid("a dead letter's header: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw MalformedRecordException.invalid(REASON + ": " + e.getMessage());
    }
  }

  private static String text(Headers headers, String name) throws MalformedRecordException {
    String text = textOrNull(headers, name);
    if (text == null) {
      throw MalformedRecordException.invalid("header " + name + " is missing");
    }
    return text;
  }

  private static @Nullable String textOrNull(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
