package dev.brigade.monitor;

import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.LatencyWindow.EncodedHistogram;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * The histograms inside LatencyWindow records: microseconds from 0 to {@value #MAX_MICROS}, two
 * significant digits. All have the same buckets, so windows merge without loss: decode them, {@link
 * Histogram#add} them up and read any percentile, which averaging percentiles never gives.
 */
public final class LatencyHistograms {
  /** Longer latencies are clamped to this one: 24 hours. */
  public static final long MAX_MICROS = 24L * 60 * 60 * 1_000_000;

  private static final int SIGNIFICANT_DIGITS = 2;
  private static final int MAX_ENCODED_CHARS = 128 * 1024;

  /** Never written to: it only knows the buckets. */
  private static final Histogram BUCKETS = empty();

  private LatencyHistograms() {}

  /** One without counts, to add others to. */
  public static Histogram empty() {
    return new Histogram(1, MAX_MICROS, SIGNIFICANT_DIGITS);
  }

  /**
   * @return the completion latencies of a window in microseconds; empty if it has no histogram
   * @throws IllegalArgumentException if the histogram is not one of ours
   */
  public static Histogram completion(LatencyWindow window) {
    EncodedHistogram encoded = window.histogram();
    return encoded == null ? empty() : decode(encoded);
  }

  /**
   * @throws IllegalArgumentException if it is in another encoding, damaged, or has other buckets
   */
  public static Histogram decode(EncodedHistogram encoded) {
    if (!encoded.encoding().equals(EncodedHistogram.HDR_V2_BASE64)) {
      throw new IllegalArgumentException(
          "a histogram's encoding must be "
              + EncodedHistogram.HDR_V2_BASE64
              + ", but is '"
              + encoded.encoding()
              + "'");
    }
    if (encoded.completion().length() > MAX_ENCODED_CHARS) {
      throw new IllegalArgumentException(
          "a histogram has " + encoded.completion().length() + " characters");
    }
    try {
      Histogram decoded =
          Histogram.decodeFromCompressedByteBuffer(
              ByteBuffer.wrap(Base64.getDecoder().decode(encoded.completion())), MAX_MICROS);
      Histogram histogram = empty();
      histogram.add(decoded);
      return histogram;
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("a histogram cannot be decoded: " + e.getMessage(), e);
    }
  }

  public static EncodedHistogram encode(Histogram completion) {
    ByteBuffer buffer = ByteBuffer.allocate(completion.getNeededByteBufferCapacity());
    int length = completion.encodeIntoCompressedByteBuffer(buffer);
    byte[] bytes = new byte[length];
    buffer.flip().get(bytes);
    return new EncodedHistogram(
        EncodedHistogram.HDR_V2_BASE64, Base64.getEncoder().encodeToString(bytes));
  }

  /** The least value in the same bucket. */
  static long bucketOf(long micros) {
    return BUCKETS.lowestEquivalentValue(micros);
  }
}
