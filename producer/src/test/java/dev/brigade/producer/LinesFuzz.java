package dev.brigade.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * Fuzz target: the lines of a file, beside a plain way to split it. An input is the longest line in
 * one byte, how many bytes come at a time in four, and the file.
 */
public final class LinesFuzz {
  private static final int CHUNKS = 4;
  private static final int HEAD_BYTES = 1 + CHUNKS;
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private LinesFuzz() {}

  /** Called by the fuzzer and by {@link FuzzCorpusTest}. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length < HEAD_BYTES) {
      return;
    }
    int longest = 1 + (input[0] & 0xff);
    byte[] file = Arrays.copyOfRange(input, HEAD_BYTES, input.length);
    LineReader lines =
        new LineReader(
            new Chunks(file, Arrays.copyOfRange(input, 1, HEAD_BYTES)), longest, longest + 8);
    byte[] buffer = lines.array();
    if (isNoText(file)) {
      assertThat(refuses(lines)).isTrue();
      return;
    }
    int at = startsWith(file, MARK) ? MARK.length : 0;
    assertThat(lines.begin()).isEqualTo(at < file.length);
    long number = 0;
    while (at < file.length) {
      int end = indexOf(file, at);
      assertThat(lines.next()).as("a line at byte %s", at).isTrue();
      assertThat(lines.number()).isEqualTo(++number);
      boolean isReturned = end > at && file[end - 1] == '\r';
      check(lines, Arrays.copyOfRange(file, at, isReturned ? end - 1 : end), longest);
      at = end + 1;
    }
    assertThat(lines.next()).as("a line more").isFalse();
    assertThat(lines.next()).isFalse();
    assertThat(lines.bytesRead()).isEqualTo(file.length);
    assertThat(lines.array()).as("no more memory than at first").isSameAs(buffer);
  }

  private static void check(LineReader lines, byte[] expected, int longest) {
    assertThat(lines.bytes()).isEqualTo(expected.length);
    assertThat(lines.isTooLong()).isEqualTo(expected.length > longest);
    if (lines.isTooLong()) {
      assertThat(lines.length()).isZero();
      assertThat(lines.isBlank()).isFalse();
      return;
    }
    assertThat(Arrays.copyOfRange(lines.array(), lines.start(), lines.start() + lines.length()))
        .isEqualTo(expected);
    assertThat(lines.isBlank()).isEqualTo(new String(expected, UTF_8).matches("[ \t]*"));
    assertThat(lines.head())
        .isEqualTo(
            new String(expected, 0, Math.min(expected.length, LineReader.HEAD_BYTES), UTF_8)
                + (expected.length > LineReader.HEAD_BYTES ? "…" : ""));
  }

  private static boolean refuses(LineReader lines) throws IOException {
    try {
      lines.begin();
      return false;
    } catch (WrongEncodingException e) {
      assertThat(e.encoding()).isNotNull();
      return true;
    }
  }

  /** Compressed, or text of another encoding. */
  private static boolean isNoText(byte[] file) {
    int[][] marks = {
      {0x1f, 0x8b},
      {0x28, 0xb5, 0x2f, 0xfd},
      {'B', 'Z', 'h'},
      {0xfd, '7', 'z', 'X', 'Z'},
      {'P', 'K', 3, 4},
      {0xff, 0xfe},
      {0xfe, 0xff}
    };
    for (int[] mark : marks) {
      byte[] bytes = new byte[mark.length];
      for (int i = 0; i < mark.length; i++) {
        bytes[i] = (byte) mark[i];
      }
      if (startsWith(file, bytes)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] file, byte[] mark) {
    return file.length >= mark.length && Arrays.equals(file, 0, mark.length, mark, 0, mark.length);
  }

  private static int indexOf(byte[] file, int from) {
    int at = from;
    while (at < file.length && file[at] != '\n') {
      at++;
    }
    return at;
  }

  /** Hands a file out in pieces of these sizes, again and again. */
  private static final class Chunks implements ReadableByteChannel {
    private final ByteBuffer file;
    private final byte[] sizes;
    private int reads;

    Chunks(byte[] file, byte[] sizes) {
      this.file = ByteBuffer.wrap(file);
      this.sizes = sizes;
    }

    @Override
    public int read(ByteBuffer to) {
      if (!file.hasRemaining()) {
        return -1;
      }
      int most = 1 + (sizes[reads++ % sizes.length] & 0xff);
      int size = Math.min(most, Math.min(file.remaining(), to.remaining()));
      to.put(file.slice().limit(size));
      file.position(file.position() + size);
      return size;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
