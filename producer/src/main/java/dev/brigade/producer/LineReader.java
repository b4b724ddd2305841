package dev.brigade.producer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of bytes in bounded memory, however long a line is: one beyond the limit is skipped to its
 * end and only its head is kept. A byte order mark before the first line and a carriage return
 * before a line's end belong to no line; the last line needs no end. Confined to one thread; the
 * current line is valid until the next call of {@link #next()}.
 */
final class LineReader {
  /** So much of a line is shown to people. */
  static final int HEAD_BYTES = 200;

  private final ReadableByteChannel in;
  private final int maxLineBytes;
  private final byte[] buffer;
  private int position;
  private int limit;
  private boolean begun;
  private boolean ended;

  private long number;
  private int start;
  private int length;
  private long bytes;
  private byte[] head = new byte[0];
  private volatile long bytesRead;

  /**
   * @param maxLineBytes the longest line that is handed out whole, line end not counted
   * @param bufferBytes at least two more than that
   */
  LineReader(ReadableByteChannel in, int maxLineBytes, int bufferBytes) {
    if (bufferBytes < maxLineBytes + 2) {
      throw new IllegalArgumentException("the buffer must hold the longest line and its end");
    }
    this.in = in;
    this.maxLineBytes = maxLineBytes;
    this.buffer = new byte[bufferBytes];
  }

  /**
   * Reads the first bytes, so that input which cannot be lines of text is refused early.
   *
   * @return false if there is not a single byte of text
   * @throws WrongEncodingException if the input is compressed or not UTF-8
   */
  boolean begin() throws IOException {
    if (!begun) {
      begun = true;
      while (limit < Encoding.LONGEST_MARK && fill()) {
        // A pipe may hand out less than asked for.
      }
      position = Encoding.requireUtf8(buffer, limit);
    }
    return position < limit;
  }

  /**
   * Moves on to the next line.
   *
   * @return false at the end
   */
  boolean next() throws IOException {
    begin();
    int scanned = 0;
    while (true) {
      int end = indexOfNewline(position + scanned);
      if (end >= 0) {
        take(end);
        position = end + 1;
        return true;
      }
      scanned = limit - position;
      if (scanned > maxLineBytes + 1) {
        skipLongLine();
        return true;
      }
      if (!fill()) {
        if (scanned == 0) {
          return false;
        }
        take(limit);
        position = limit;
        return true;
      }
    }
  }

  /** From 1; blank lines count. */
  long number() {
    return number;
  }

  boolean isTooLong() {
    return bytes > maxLineBytes;
  }

  boolean isBlank() {
    for (int i = start; i < start + length; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t') {
        return false;
      }
    }
    return !isTooLong();
  }

  /** The array that holds the line, unless it is too long. */
  byte[] array() {
    return buffer;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /** The whole line's bytes, also where it is too long. */
  long bytes() {
    return bytes;
  }

  /** The line's beginning for people, with a replacement character for what is not UTF-8. */
  String head() {
    return isTooLong()
        ? new String(head, StandardCharsets.UTF_8) + "…"
        : new String(buffer, start, Math.min(length, HEAD_BYTES), StandardCharsets.UTF_8)
            + (length > HEAD_BYTES ? "…" : "");
  }

  /** Bytes of input so far; safe to ask from any thread. */
  long bytesRead() {
    return bytesRead;
  }

  private void take(int end) {
    number++;
    start = position;
    length = end - start;
    if (length > 0 && buffer[end - 1] == '\r') {
      length--;
    }
    bytes = length;
    if (isTooLong()) {
      keepHead(start + length);
    }
  }

  /**
   * @param end where the line ends, or what was read of it
   */
  private void keepHead(int end) {
    head = Arrays.copyOfRange(buffer, start, Math.min(start + HEAD_BYTES, end));
    length = 0;
  }

  private void skipLongLine() throws IOException {
    number++;
    start = position;
    keepHead(limit);
    long skipped = 0;
    byte last = 0;
    boolean more = true;
    while (more) {
      int end = indexOfNewline(position);
      int stop = end >= 0 ? end : limit;
      if (stop > position) {
        last = buffer[stop - 1];
      }
      skipped += stop - position;
      if (end >= 0) {
        position = end + 1;
        more = false;
      } else {
        position = limit;
        more = fill();
      }
    }
    bytes = last == '\r' ? skipped - 1 : skipped;
  }

  private int indexOfNewline(int from) {
    byte[] text = buffer;
    for (int i = from; i < limit; i++) {
      if (text[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** False at the end of the input, which is not asked again: a file may grow behind it. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (limit == buffer.length) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    int read = in.read(ByteBuffer.wrap(buffer, limit, buffer.length - limit));
    if (read < 0) {
      ended = true;
      return false;
    }
    limit += read;
    bytesRead = bytesRead + read;
    return true;
  }
}
