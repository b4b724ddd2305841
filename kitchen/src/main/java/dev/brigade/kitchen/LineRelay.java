package dev.brigade.kitchen;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Passes on what a process writes, each line behind a prefix and in one piece, so that the lines of
 * several processes do not mix. A line longer than 8 KiB is passed on as several. Runs until the
 * process and all who have its output have closed it.
 */
final class LineRelay implements Runnable {
  private static final int LONGEST = 8 * 1024;

  private final InputStream from;
  private final byte[] prefix;
  private final PrintStream to;
  private final byte[] piece;
  private int length;
  private volatile String lastLine = "";

  LineRelay(InputStream from, String prefix, PrintStream to) {
    this.from = from;
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    this.to = to;
    this.piece = Arrays.copyOf(this.prefix, this.prefix.length + LONGEST + 1);
    this.length = this.prefix.length;
  }

  /** The last line that was not blank, without the prefix; empty if there was none. */
  String lastLine() {
    return lastLine;
  }

  @Override
  public void run() {
    byte[] bytes = new byte[LONGEST];
    try (from) {
      for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
        for (int at = 0; at < read; at++) {
          take(bytes[at]);
        }
      }
    } catch (IOException e) {
      // The pipe is gone with the process: what it wrote last is lost.
    }
    if (length > prefix.length) {
      pass();
    }
  }

  private void take(byte next) {
    if (next == '\n') {
      pass();
      return;
    }
    if (length == piece.length - 1) {
      pass();
    }
    piece[length++] = next;
  }

  private void pass() {
    String line =
        new String(piece, prefix.length, length - prefix.length, StandardCharsets.UTF_8).strip();
    if (!line.isEmpty()) {
      lastLine = line;
    }
    piece[length++] = '\n';
    to.write(piece, 0, length);
    to.flush();
    length = prefix.length;
  }
}
