package dev.brigade.bench.report;

import dev.brigade.bench.Contender;
import dev.brigade.bench.Figure;
import dev.brigade.bench.OrderPromise;
import dev.brigade.bench.RunResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A results directory with made-up figures, the same ones every time. */
final class SampleResults {
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final Machine MACHINE =
      new Machine(
          "AMD EPYC 7B13",
          2,
          8_240_001_024L,
          "Linux 6.1.0-28, amd64",
          "OpenJDK 64-Bit Server VM 17.0.15+6",
          "4.3.1",
          "0.1.0-SNAPSHOT",
          "2190e5b",
          NOON,
          List.of("brigade", "bench", "drain-0ms", "--external", "mine=./mine --fast"));
  static final RecordedScenario DRAIN =
      new RecordedScenario(
          "drain-0ms",
          "1,000,000 orders wait in the topic; cooking takes no time",
          parameters("orders", "1,000,000", "keys", "10,000", "partitions", "12"),
          List.of(
              Figure.STEADY_RATE,
              Figure.START,
              Figure.CPU_PER_ORDER,
              Figure.BROKER_CPU_PER_ORDER,
              Figure.ALLOCATION,
              Figure.PEAK_RSS,
              Figure.LIMIT));

  /** How far the repetitions are from their middle, a permille each. */
  private static final int[] JITTER = {0, -31, 24, 12, -17};

  private final ResultsDirectory directory;

  private SampleResults(ResultsDirectory directory) {
    this.directory = directory;
  }

  /** Five repetitions of several scenarios. */
  static ResultsDirectory full(Path path) {
    SampleResults sample = new SampleResults(new ResultsDirectory(path));
    sample.directory.begin(MACHINE);
    sample.contenders();
    sample.drain();
    sample.latency();
    sample.hotKeyAndTakeover();
    return sample.directory;
  }

  /** No runs yet. */
  static ResultsDirectory empty(Path path) {
    ResultsDirectory directory = new ResultsDirectory(path);
    directory.begin(MACHINE);
    directory.record(DRAIN);
    return directory;
  }

  static RunResult run(String contender, int repetition, double rate) {
    return run(contender, repetition, Map.of(Figure.STEADY_RATE, rate), List.of());
  }

  static RunResult run(
      String contender, int repetition, Map<Figure, Double> figures, List<String> faults) {
    return new RunResult(
        "drain-0ms",
        contender,
        repetition,
        NOON,
        List.of("java", "-cp", "bench.jar", contender),
        List.of("max.poll.records=500"),
        figures,
        faults,
        List.of());
  }

  /** A run without faults that has something to say. */
  static RunResult remarking(String contender, String remark) {
    RunResult run = run(contender, 1, 100);
    return new RunResult(
        run.scenario(),
        contender,
        1,
        NOON,
        run.command(),
        run.configuration(),
        run.figures(),
        List.of(),
        List.of(remark));
  }

  static Map<String, String> parameters(String... namesAndValues) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return parameters;
  }

  private void contenders() {
    contender("brigade", "Brigade, by key, platform threads");
    contender("plain-1", "KafkaConsumer loop, one consumer");
    contender("plain-12", "KafkaConsumer loop, a consumer per partition");
    contender("pc-key", "Parallel Consumer 0.5.3.3, by key");
    contender("pc-unordered-batch", "Parallel Consumer 0.5.3.3, unordered, batches");
    contender("spring-batch-12", "Spring Kafka 4.1.1, batch listener, concurrency 12");
    contender("share", "Kafka share consumer with a pool");
    contender("limit-consume", "Consumes and does nothing");
  }

  private void contender(String name, String description) {
    directory.record(new Contender(name, description, OrderPromise.KEY, List.of("java", name)));
  }

  private void drain() {
    directory.record(DRAIN);
    drain("brigade", 58_912, 1_310, 24.1, 6.2, 2_911, 402);
    drain("plain-1", 101_440, 790, 9.3, 5.1, 1_206, 231);
    drain("plain-2", 140_118, 840, 9.9, 5.4, 1_214, 244);
    drain("plain-12", 186_204, 1_460, 8.2, 5.0, 1_240, 355);
    drain("spring-batch-2", 131_870, 2_610, 10.8, 5.6, 1_502, 318);
    drain("spring-batch-12", 151_236, 3_050, 10.1, 5.5, 1_544, 421);
    drain("pc-key", 18_207, 2_240, 71.5, 11.9, 9_870, 688);
    drain("pc-unordered-batch", 68_911, 2_190, 23.7, 7.7, 4_120, 640);
    drain("share", 134_502, 6_120, 11.2, 9.8, 1_980, 377);
    for (int repetition = 1; repetition <= 5; repetition++) {
      save("drain-0ms", "limit-consume", repetition, Map.of(Figure.LIMIT, 412_000.0));
      directory.save(
          run(
              "mine",
              repetition,
              Map.of(),
              List.of("12,031 orders have no meal", "3 meals of key k-17 are in wrong order")));
    }
  }

  private void drain(
      String contender,
      double rate,
      double start,
      double cpu,
      double brokerCpu,
      double allocation,
      double rss) {
    for (int repetition = 1; repetition <= 5; repetition++) {
      if (contender.equals("share") && repetition == 4) {
        directory.save(run(contender, 4, Map.of(), List.of("1 order has no meal")));
        continue;
      }
      save(
          "drain-0ms",
          contender,
          repetition,
          Map.of(
              Figure.STEADY_RATE, jitter(rate, repetition),
              Figure.START, jitter(start, repetition + 1),
              Figure.CPU_PER_ORDER, jitter(cpu, repetition + 2),
              Figure.BROKER_CPU_PER_ORDER, jitter(brokerCpu, repetition),
              Figure.ALLOCATION, jitter(allocation, repetition + 3),
              Figure.PEAK_RSS, jitter(rss, repetition)));
    }
  }

  private void latency() {
    directory.record(
        new RecordedScenario(
            "latency-2000",
            "An open model places 2,000 orders/s for 60 s; cooking takes 1 ms",
            parameters("rate", "2,000/s", "seconds", "60", "cook time", "1 ms"),
            List.of(Figure.P99, Figure.P50, Figure.P999, Figure.GENERATOR_LATE_P99)));
    latency("brigade", 4.1, 11.8);
    latency("plain-12", 89.2, 434.1);
    latency("spring-record-12", 30.4, 141.3);
    latency("pc-key", 14.3, 85.0);
    latency("share", 22.7, 52.9);
  }

  private void latency(String contender, double p50, double p99) {
    for (int repetition = 1; repetition <= 5; repetition++) {
      save(
          "latency-2000",
          contender,
          repetition,
          Map.of(
              Figure.P50, jitter(p50, repetition),
              Figure.P99, jitter(p99, repetition + 1),
              Figure.P999, jitter(p99 * 2.4, repetition),
              Figure.GENERATOR_LATE_P99, jitter(0.42, repetition)));
    }
  }

  private void hotKeyAndTakeover() {
    directory.record(
        new RecordedScenario(
            "hot-key",
            "One key has 10 % of the orders; cooking takes 1 ms",
            parameters("orders", "200,000", "keys", "1,000", "hot share", "10 %"),
            List.of(Figure.HOT_KEY_RATE, Figure.HOT_KEY_ALONE, Figure.STEADY_RATE)));
    for (int repetition = 1; repetition <= 3; repetition++) {
      save("hot-key", "brigade", repetition, hotKey(781, 889, repetition));
      save("hot-key", "plain-12", repetition, hotKey(480, 889, repetition));
      save("hot-key", "pc-key", repetition, hotKey(118, 889, repetition));
    }
    directory.record(
        new RecordedScenario(
            "takeover-join",
            "A second worker joins while the first works",
            parameters("partitions", "12"),
            List.of(Figure.STANDSTILL_KEPT, Figure.STANDSTILL_MOVED)));
    save("takeover-join", "brigade", 1, Map.of(Figure.STANDSTILL_KEPT, 120.0));
  }

  private static Map<Figure, Double> hotKey(double rate, double alone, int repetition) {
    return Map.of(
        Figure.HOT_KEY_RATE, jitter(rate, repetition),
        Figure.HOT_KEY_ALONE, jitter(alone, repetition + 1),
        Figure.STEADY_RATE, jitter(rate * 9.7, repetition));
  }

  private void save(
      String scenario, String contender, int repetition, Map<Figure, Double> figures) {
    directory.save(
        new RunResult(
            scenario,
            contender,
            repetition,
            NOON.plusSeconds(60L * repetition),
            List.of("java", "-Xmx1g", "-cp", "bench.jar", "dev.brigade.bench.Loop", contender),
            List.of("max.poll.records=500", "fetch.min.bytes=1", "threads=" + contender.length()),
            figures,
            List.of(),
            List.of()));
  }

  private static double jitter(double middle, int repetition) {
    return Math.round(middle * (1000 + JITTER[repetition % JITTER.length]) / 10.0) / 100.0;
  }
}
