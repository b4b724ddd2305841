package dev.brigade.bench;

import java.util.Collection;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one operation of a microbenchmark costs.
 *
 * @param benchmark the structure and what is done with it: {@code KeyQueuesBenchmark.addTakeEnd}
 * @param parameters {@code keys=10}; empty if it has none
 * @param nanos per operation
 * @param error half of the 99.9 % confidence interval, in nanoseconds; NaN of a single iteration
 * @param bytes allocated per operation, by all threads
 */
record MicroFigure(String benchmark, String parameters, double nanos, double error, double bytes) {
  /** As {@link GCProfiler} names it; there is none where nothing was allocated. */
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  static MicroFigure of(RunResult result) {
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    return new MicroFigure(
        name(result.getParams()),
        parameters(result.getParams()),
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreError(),
        allocated == null ? 0 : allocated.getScore());
  }

  static String name(BenchmarkParams params) {
    String name = params.getBenchmark();
    return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
  }

  static String parameters(BenchmarkParams params) {
    Collection<String> keys = params.getParamsKeys();
    return keys.stream()
        .map(key -> key + "=" + params.getParam(key))
        .collect(Collectors.joining(" "));
  }
}
