package dev.brigade.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.orders.LatencyWindow.EncodedHistogram;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyHistogramsTest {
  @Test
  void whatIsEncodedDecodesToTheSameHistogram() {
    // Given
    Histogram histogram = LatencyHistograms.empty();
    new Random(1).longs(1000, 0, LatencyHistograms.MAX_MICROS + 1).forEach(histogram::recordValue);

    // When
    Histogram decoded = LatencyHistograms.decode(LatencyHistograms.encode(histogram));

    // Then
    assertThat(decoded).isEqualTo(histogram);
    assertThat(LatencyHistograms.decode(LatencyHistograms.encode(LatencyHistograms.empty())))
        .isEqualTo(LatencyHistograms.empty());
  }

  @Test
  void mergedWindowsHaveThePercentilesOfAllTheirValues() {
    // Given: a slow window of few orders and a fast one of many
    LatencyCounts slow = new LatencyCounts();
    slow.record(2_000_000);
    LatencyCounts fast = new LatencyCounts();
    for (int i = 0; i < 999; i++) {
      fast.record(1_000);
    }

    // When
    Histogram merged = LatencyHistograms.decode(LatencyHistograms.encode(slow.toHistogram()));
    merged.add(LatencyHistograms.decode(LatencyHistograms.encode(fast.toHistogram())));

    // Then
    assertThat(merged.getTotalCount()).isEqualTo(1000);
    assertThat(merged.getValueAtPercentile(50)).isBetween(1_000L, 1_010L);
    assertThat(merged.getValueAtPercentile(99.95)).isBetween(2_000_000L, 2_020_000L);
  }

  @Test
  void whatIsNoHistogramOfOursIsRefused() {
    Histogram others = new Histogram(1, Long.MAX_VALUE / 4, 1);
    others.recordValue(Long.MAX_VALUE / 8);
    ByteBuffer buffer = ByteBuffer.allocate(others.getNeededByteBufferCapacity());
    byte[] bytes = new byte[others.encodeIntoCompressedByteBuffer(buffer)];
    buffer.flip().get(bytes);
    String beyondOurRange = Base64.getEncoder().encodeToString(bytes);

    for (String completion : new String[] {"", "%%%", "AAAA", "HISTFAAAAA==", beyondOurRange}) {
      assertThatThrownBy(
              () ->
                  LatencyHistograms.decode(
                      new EncodedHistogram(EncodedHistogram.HDR_V2_BASE64, completion)))
          .as(completion)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("histogram");
    }
    assertThatThrownBy(() -> LatencyHistograms.decode(new EncodedHistogram("t-digest", "")))
        .hasMessage("a histogram's encoding must be hdr-v2-base64, but is 't-digest'");
  }
}
