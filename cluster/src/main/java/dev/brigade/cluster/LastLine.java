package dev.brigade.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The last words of a process that ended without an answer, for the one line a user gets to see.
 */
final class LastLine {
  private static final int MOST_BYTES = 2_000;

  private LastLine() {}

  static String of(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(MOST_BYTES, file.length())];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      List<String> lines =
          new String(tail, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
      return lines.isEmpty() ? "it ended without a word" : lines.get(lines.size() - 1).strip();
    } catch (IOException e) {
      return "it ended, and its log cannot be read: " + e.getMessage();
    }
  }
}
