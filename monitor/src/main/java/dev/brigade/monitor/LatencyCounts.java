package dev.brigade.monitor;

import dev.brigade.orders.LatencyWindow.LatencyStats;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * How often which latency occurred, in microseconds: the buckets of an HDR histogram, but only
 * those that are not empty, because a window of few orders must take little room. Count, least,
 * greatest and sum are exact. Not thread-safe.
 */
final class LatencyCounts {
  private long[] buckets = new long[4];
  private long[] counts = new long[4];
  private int size;
  private long count;
  private long sum;
  private long min = Long.MAX_VALUE;
  private long max;

  /**
   * @param micros 0 to {@link LatencyHistograms#MAX_MICROS}
   */
  void record(long micros) {
    add(LatencyHistograms.bucketOf(micros), 1);
    count++;
    sum += micros;
    min = Math.min(min, micros);
    max = Math.max(max, micros);
  }

  void add(LatencyCounts other) {
    for (int i = 0; i < other.size; i++) {
      add(other.buckets[i], other.counts[i]);
    }
    count += other.count;
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  private void add(long bucket, long times) {
    int at = Arrays.binarySearch(buckets, 0, size, bucket);
    if (at >= 0) {
      counts[at] += times;
      return;
    }
    int free = -at - 1;
    if (size == buckets.length) {
      buckets = Arrays.copyOf(buckets, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(buckets, free, buckets, free + 1, size - free);
    System.arraycopy(counts, free, counts, free + 1, size - free);
    buckets[free] = bucket;
    counts[free] = times;
    size++;
  }

  long count() {
    return count;
  }

  Histogram toHistogram() {
    Histogram histogram = LatencyHistograms.empty();
    for (int i = 0; i < size; i++) {
      histogram.recordValueWithCount(buckets[i], counts[i]);
    }
    return histogram;
  }

  /** Percentiles are those of the histogram, but never outside what really occurred. */
  LatencyStats stats(Histogram histogram) {
    if (count == 0) {
      return new LatencyStats(0, 0, 0, 0, 0, 0, 0, 0);
    }
    return new LatencyStats(
        min / 1000.0,
        max / 1000.0,
        Math.round((double) sum / count) / 1000.0,
        percentile(histogram, 50),
        percentile(histogram, 90),
        percentile(histogram, 95),
        percentile(histogram, 99),
        percentile(histogram, 99.9));
  }

  private double percentile(Histogram histogram, double percentile) {
    long micros = histogram.getValueAtPercentile(percentile);
    return Math.max(min, Math.min(max, micros)) / 1000.0;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(buckets[i]);
      out.writeLong(counts[i]);
    }
    out.writeLong(count);
    out.writeLong(sum);
    out.writeLong(min);
    out.writeLong(max);
  }

  static LatencyCounts read(DataInput in) throws IOException {
    LatencyCounts read = new LatencyCounts();
    read.size = in.readInt();
    read.buckets = new long[Math.max(4, read.size)];
    read.counts = new long[Math.max(4, read.size)];
    for (int i = 0; i < read.size; i++) {
      read.buckets[i] = in.readLong();
      read.counts[i] = in.readLong();
    }
    read.count = in.readLong();
    read.sum = in.readLong();
    read.min = in.readLong();
    read.max = in.readLong();
    return read;
  }
}
