package dev.brigade.audit;

import dev.brigade.orders.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A sender's own book of its orders: a file of lines, fields separated by tabs. An order's intent
 * is on the disk before the order is sent, so that whatever happens to the sender, no order can be
 * in the log of which the book knows nothing.
 *
 * <pre>
 *   intent  NUMBER  ID  KEY  SEQUENCE  HASH      the hash in 16 hexadecimal digits
 *   acked   NUMBER  PARTITION  OFFSET
 *   unknown NUMBER  REASON
 *   failed  NUMBER  REASON
 * </pre>
 *
 * Outcomes reach the disk with the next intents, or at the end: an outcome that is lost with the
 * machine leaves its order unknown, which is true. Thread-safe.
 */
public final class Ledger implements AutoCloseable {
  static final char SEPARATOR = '\t';
  static final String INTENT = "intent";
  static final String ACKED = "acked";
  static final String UNKNOWN = "unknown";
  static final String FAILED = "failed";

  private final FileChannel file;
  private long intents;

  private Ledger(FileChannel file) {
    this.file = file;
  }

  /**
   * What is about to be sent.
   *
   * @param id without control characters, as the contract has it
   * @param key without control characters
   * @param sequence counts the orders of this key, from 0
   * @param hash of the value's bytes: the first 8 bytes of their SHA-256
   */
  public record Intent(String id, String key, long sequence, long hash) {
    public Intent {
      requireOneField("id", id);
      requireOneField("key", key);
    }
  }

  private static void requireOneField(String what, String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the " + what + " of an order holds a control character");
    }
  }

  /** Begins a new book; a file that exists is never written over. */
  public static Ledger create(Path path) throws IOException {
    return new Ledger(
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
  }

  /**
   * All orders of a book, in the order in which they were intended. An incomplete last line, as a
   * crash leaves it, is as if it were not there. Takes about 150 bytes for each order.
   *
   * @throws IOException if the file cannot be read, or is no ledger, with the line
   */
  public static List<LedgerEntry> read(Path path) throws IOException {
    return LedgerReader.read(path);
  }

  /**
   * Returns when the intents are on the disk, all of them with one {@code fsync}.
   *
   * @return the number of the first one; the others follow
   */
  public long intend(List<Intent> orders) throws IOException {
    long first = append(orders);
    file.force(false);
    return first;
  }

  private synchronized long append(List<Intent> orders) throws IOException {
    StringBuilder lines = new StringBuilder();
    long number = intents;
    for (Intent order : orders) {
      line(
          lines,
          INTENT,
          number++,
          order.id(),
          order.key(),
          Long.toString(order.sequence()),
          "%016x".formatted(order.hash()));
    }
    write(lines);
    long first = intents;
    intents = number;
    return first;
  }

  public synchronized void acked(long number, int partition, long offset) throws IOException {
    outcome(ACKED, number, Integer.toString(partition), Long.toString(offset));
  }

  /** It may be in the log or not. */
  public synchronized void unknown(long number, String reason) throws IOException {
    outcome(UNKNOWN, number, Text.shown(reason));
  }

  /** It certainly is not in the log. */
  public synchronized void failed(long number, String reason) throws IOException {
    outcome(FAILED, number, Text.shown(reason));
  }

  private void outcome(String outcome, long number, String... fields) throws IOException {
    StringBuilder line = new StringBuilder();
    line(line, outcome, number, fields);
    write(line);
  }

  private static void line(StringBuilder to, String kind, long number, String... fields) {
    to.append(kind).append(SEPARATOR).append(number);
    for (String field : fields) {
      to.append(SEPARATOR).append(field);
    }
    to.append('\n');
  }

  private void write(StringBuilder lines) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (file.isOpen()) {
      file.force(true);
      file.close();
    }
  }
}
