package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.CRC32C;

/**
 * Fuzz target: commit metadata, read as a worker reads it when it takes a partition over. An input
 * is a form, a watermark in eight bytes and a text in 16 bits per character. Random text hardly
 * ever has the right checksum, so some forms are given it.
 */
public final class MetadataFuzz {
  /** The text as it is. */
  static final int RAW = 0;

  /** Characters of the alphabet only. */
  static final int PACKED = 1;

  /** The body of a done set, behind the head that belongs to it. */
  static final int BITMAP = 2;

  static final int RUNS = 3;

  /** What is done as one bit for each offset, to be written first. */
  static final int DONE = 4;

  private static final int FORMS = 5;
  private static final int HEAD_BYTES = 1 + Long.BYTES;
  private static final int CAPACITY = 4_096;

  private MetadataFuzz() {}

  /** Called by the fuzzer and by {@link FuzzCorpusTest}. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < HEAD_BYTES) {
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(input);
    int form = (in.get() & 0x7f) % FORMS;
    boolean held = input[0] < 0;
    long watermark = in.getLong() & Long.MAX_VALUE >>> 1;
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    if (form == DONE) {
      write(watermark, BitSet.valueOf(rest));
      return;
    }
    String text = text(form, rest);
    String doneSet =
        form == BITMAP || form == RUNS ? head(watermark, form - BITMAP, text) + text : text;
    String metadata = held ? holding(watermark, rest).encode(watermark) + doneSet : doneSet;
    readHolding(watermark, metadata);
    if (held) {
      assertThat(Holding.doneSet(watermark, metadata)).isEqualTo(doneSet);
    }
    readDone(watermark, Holding.doneSet(watermark, metadata));
  }

  private static void readHolding(long watermark, String metadata) {
    Holding holding = Holding.decode(watermark, metadata);
    if (holding != null) {
      assertThat(holding.begunBefore()).isBetween(watermark, watermark + Holding.MAX_SPAN);
      assertThat(holding.crashes()).isBetween(0, Holding.MAX_CRASHES);
      assertThat(metadata).startsWith(holding.encode(watermark));
    }
  }

  private static void readDone(long watermark, String text) {
    BitSet done = DoneSet.decode(watermark, text);
    assertThat(done.get(0)).as("the watermark itself is done").isFalse();
    assertThat((long) done.length()).isLessThanOrEqualTo(DoneSet.MAX_REACH);
    write(watermark, done);
  }

  /** What is done is told to the next owner as far as it fits, and nothing else. */
  private static void write(long watermark, BitSet done) {
    done.clear(0);
    OffsetTracker tracker = Trackers.with(watermark, done);
    assertThat(tracker.watermark()).isEqualTo(watermark);
    String text = DoneSet.encode(tracker, CAPACITY);
    BitSet read = DoneSet.decode(watermark, text);
    assertThat(text.length()).isLessThanOrEqualTo(CAPACITY);
    assertThat(read).isEqualTo(done.get(0, Math.max(1, read.length())));
    if (DoneSet.chars(tracker) <= CAPACITY) {
      assertThat(read).isEqualTo(done);
    }
    assertThat(DoneSet.decode(watermark + 1, text).isEmpty()).as("of another offset").isTrue();
  }

  private static String text(int form, byte[] rest) {
    byte[] even = rest.length % 2 == 0 ? rest : Arrays.copyOf(rest, rest.length - 1);
    if (form == RAW) {
      return new String(even, StandardCharsets.UTF_16BE);
    }
    StringBuilder packed = new StringBuilder();
    for (int i = 0; i < even.length; i += 2) {
      int bits = (even[i] & 0x7f) << 8 | even[i + 1] & 0xff;
      packed.append((char) (PackedWriter.FIRST + bits));
    }
    return packed.toString();
  }

  private static Holding holding(long watermark, byte[] rest) {
    BitSet bits = BitSet.valueOf(rest);
    long[] words = bits.toLongArray();
    long word = words.length == 0 ? 0 : words[0];
    return new Holding(
        (word & 1) != 0, (int) (word >>> 1 & 0x3fff), watermark + (word >>> 32 & 0x7fff_ffff));
  }

  /** As the format says: version 1, the coding, and the checksum of what follows. */
  private static String head(long watermark, long coding, String body) {
    CRC32C checksum = new CRC32C();
    checksum.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(watermark).putLong(coding).flip());
    checksum.update(body.getBytes(StandardCharsets.UTF_16BE));
    PackedWriter head = new PackedWriter(3);
    head.write(1, 12);
    head.write(coding, 1);
    head.write(checksum.getValue(), 32);
    return head.toString();
  }
}
