package dev.brigade.bench.report;

import java.util.Arrays;
import java.util.Collection;

/**
 * A figure over the valid runs of a contender.
 *
 * @param median the middle one, or the mean of the middle two
 * @param runs how many there are, at least one
 */
record Spread(double median, double min, double max, int runs) {
  static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no run, no figure");
    }
    double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
    return new Spread(
        Arrays.stream(middle).sum() / middle.length,
        sorted[0],
        sorted[sorted.length - 1],
        sorted.length);
  }
}
