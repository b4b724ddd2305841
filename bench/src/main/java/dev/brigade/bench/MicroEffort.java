package dev.brigade.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a microbenchmark is measured.
 *
 * @param forks JVMs that it is measured in, one after the other; 0 for this one, which shows only
 *     that it runs
 * @param warmUps iterations that do not count, per JVM
 * @param iterations that count, per JVM
 * @param millis of one iteration
 */
record MicroEffort(int forks, int warmUps, int iterations, int millis) {
  static final MicroEffort USUAL = new MicroEffort(2, 4, 5, 300);
  static final MicroEffort QUICK = new MicroEffort(1, 2, 3, 100);

  /**
   * Heap enough that collections are few. All else is the JVM's choice, as it is for a worker; what
   * this JVM was started with is not handed down, for a launcher gives it what starts fast.
   */
  private static final String[] JVM = {"-Xms512m", "-Xmx512m", "-XX:-UsePerfData"};

  private static final TimeValue HANGS = TimeValue.seconds(60);

  Options of(String pattern) {
    TimeValue time = TimeValue.milliseconds(millis);
    return new OptionsBuilder()
        .include(pattern)
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(forks)
        .jvmArgs(JVM)
        .warmupIterations(warmUps)
        .warmupTime(time)
        .measurementIterations(iterations)
        .measurementTime(time)
        .timeout(HANGS)
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .build();
  }
}
