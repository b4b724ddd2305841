package dev.brigade.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Ledger} back, in one pass. */
final class LedgerReader {
  private final Path path;
  private final List<LedgerEntry> entries = new ArrayList<>();
  private final BitSet settled = new BitSet();
  private final Map<String, String> keys = new HashMap<>();
  private long line;

  private LedgerReader(Path path) {
    this.path = path;
  }

  static List<LedgerEntry> read(Path path) throws IOException {
    LedgerReader reader = new LedgerReader(path);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      String text;
      while ((text = nextLine(in)) != null) {
        reader.line++;
        reader.take(text.split("\t", -1));
      }
    }
    return reader.entries;
  }

  /** Null at the end, and where the line's end is missing: it was being written. */
  private static @Nullable String nextLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    int next;
    while ((next = in.read()) != '\n') {
      if (next < 0) {
        return null;
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private void take(String[] fields) throws IOException {
    try {
      int number = Integer.parseInt(field(fields, 1));
      if (fields[0].equals(Ledger.INTENT)) {
        intent(number, fields);
      } else {
        settle(number, outcome(entries.get(number), fields));
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException(
          "%s is no ledger: line %d: %s".formatted(path, line, e.getMessage()), e);
    }
  }

  private void intent(int number, String[] fields) {
    if (number != entries.size()) {
      throw new IllegalArgumentException("intent " + number + " comes out of turn");
    }
    String key = field(fields, 3);
    entries.add(
        LedgerEntry.intended(
            field(fields, 2),
            keys.computeIfAbsent(key, same -> same),
            Long.parseLong(field(fields, 4)),
            Long.parseUnsignedLong(field(fields, 5), 16)));
  }

  private static LedgerEntry outcome(LedgerEntry intent, String[] fields) {
    return switch (fields[0]) {
      case Ledger.ACKED ->
          intent.acked(Integer.parseInt(field(fields, 2)), Long.parseLong(field(fields, 3)));
      case Ledger.UNKNOWN -> intent.unknown(field(fields, 2));
      case Ledger.FAILED -> intent.failed(field(fields, 2));
      default -> throw new IllegalArgumentException("no such outcome");
    };
  }

  private void settle(int number, LedgerEntry entry) {
    if (settled.get(number)) {
      throw new IllegalArgumentException("intent " + number + " has two outcomes");
    }
    settled.set(number);
    entries.set(number, entry);
  }

  private static String field(String[] fields, int at) {
    if (at >= fields.length) {
      throw new IllegalArgumentException("a field is missing");
    }
    return fields[at];
  }
}
