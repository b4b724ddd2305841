package dev.brigade.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * How the log of a process that ended without an answer ends, in the one line a user gets to see.
 */
final class LastWords {
  private static final int MOST_BYTES = 2_000;
  private static final int MOST_LINES = 3;

  private LastWords() {}

  static String of(Path log) {
    try {
      List<String> lines = tail(log).lines().filter(LastWords::says).toList();
      return lines.isEmpty()
          ? "it ended without a word"
          : String.join("; ", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    } catch (IOException e) {
      return "it ended, and its log cannot be read: " + e.getMessage();
    }
  }

  private static String tail(Path log) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(MOST_BYTES, file.length())];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8);
    }
  }

  /** Not the lines of a stack trace. */
  private static boolean says(String line) {
    return !line.isBlank() && !Character.isWhitespace(line.charAt(0));
  }
}
