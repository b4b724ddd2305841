package dev.brigade.orders;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

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

  private static final Pattern PLACE = Pattern.compile("([^/]+)/([0-9]{1,9})/([0-9]{1,18})");
  private static final Pattern ATTEMPTS_DIGITS = Pattern.compile("[0-9]{1,9}");

  public DeadLetter {
    Checks.atLeast(0, "attempts", attempts);
    Checks.time("at", at);
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
    Matcher place = PLACE.matcher(origin);
    if (!place.matches()) {
      throw wrong(ORIGIN, "expected topic/partition/offset", origin);
    }
    return new DeadLetter(
        reason(text(headers, REASON)),
        text(headers, ERROR),
        attempts(text(headers, ATTEMPTS)),
        text(headers, WORKER),
        time(text(headers, AT)),
        place.group(1),
        new CompletionId(Integer.parseInt(place.group(2)), Long.parseLong(place.group(3))));
  }

  private static DeadLetterReason reason(String text) throws MalformedRecordException {
    try {
      return DeadLetterReason.ofWireName(text);
    } catch (IllegalArgumentException e) {
      throw wrong(REASON, "no such reason", text);
    }
  }

  private static Instant time(String text) throws MalformedRecordException {
    try {
      return Rfc3339.parse(text);
    } catch (DateTimeException e) {
      throw wrong(AT, "expected a time like 2026-11-20T16:35:49.123Z", text);
    }
  }

  private static int attempts(String text) throws MalformedRecordException {
    if (!ATTEMPTS_DIGITS.matcher(text).matches()) {
      throw wrong(ATTEMPTS, "expected a number of at most nine digits", text);
    }
    return Integer.parseInt(text);
  }

  private static MalformedRecordException wrong(String header, String why, String text) {
    return MalformedRecordException.invalid(
        "header " + header + ": " + why + ", found '" + text + "'");
  }

  private static String text(Headers headers, String name) throws MalformedRecordException {
    Header header = headers.lastHeader(name);
    if (header == null || header.value() == null) {
      throw MalformedRecordException.invalid("header " + name + " is missing");
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
