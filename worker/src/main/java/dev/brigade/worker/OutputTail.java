package dev.brigade.worker;

import dev.brigade.orders.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The end of what a command writes, where it says why it failed: the last 4 KiB are kept. Thread-
 * safe.
 */
final class OutputTail implements ShellCommand.Output {
  static final int MAX_BYTES = 4 * 1024;
  private static final int MAX_LINES = 3;

  /** A ring: the byte at position p of the output is at p modulo the length. */
  private final byte[] ring = new byte[MAX_BYTES];

  private long written;

  @Override
  public synchronized void take(byte[] bytes, int length) {
    for (int i = Math.max(0, length - MAX_BYTES); i < length; i++) {
      ring[(int) ((written + i) % MAX_BYTES)] = bytes[i];
    }
    written += length;
  }

  /**
   * The last three lines that are not blank on one line, each cut to 200 characters and with its
   * control characters made harmless; empty if there is none.
   */
  String lastLines() {
    List<String> lines = text().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - MAX_LINES))
        .map(Text::shown)
        .collect(Collectors.joining(" | "));
  }

  private synchronized String text() {
    int length = (int) Math.min(written, MAX_BYTES);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[(int) ((written - length + i) % MAX_BYTES)];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
