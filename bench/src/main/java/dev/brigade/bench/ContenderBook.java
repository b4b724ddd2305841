package dev.brigade.bench;

import dev.brigade.bench.contender.Contenders;
import dev.brigade.bench.contender.Limits;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Spelling;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everybody who can be measured, by name. */
final class ContenderBook {
  /** Makes no meals: measured by {@link Limit}. */
  private static final String LIMIT_PREFIX = "limit-";

  private static final String PRODUCER_PERFORMANCE =
      "exec \"$0\" \"$@\" org.apache.kafka.tools.ProducerPerformance"
          + " --bootstrap-server \"$BRIGADE_BENCH_BOOTSTRAP\" --topic \"$BRIGADE_BENCH_ORDERS\""
          + " --num-records \"$BRIGADE_BENCH_COUNT\" --record-size 200 --throughput -1"
          + " --command-property acks=all enable.idempotence=true";

  private final Map<String, Contender> byName = new LinkedHashMap<>();

  private ContenderBook(List<Contender> contenders) {
    contenders.forEach(contender -> byName.put(contender.name(), contender));
  }

  /**
   * @param launcher the {@code brigade} script
   * @param externals those that the user brings
   */
  static ContenderBook of(Path launcher, List<Contender> externals) {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"));
    Contender producerPerformance =
        new Contender(
            "producer-performance",
            "Kafka's own ProducerPerformance",
            OrderPromise.NONE,
            Stream.concat(Stream.of("sh", "-c", PRODUCER_PERFORMANCE), java.stream()).toList());
    return new ContenderBook(
        Stream.of(
                BrigadeContenders.all(launcher),
                Contenders.all(java),
                Limits.all(java),
                List.of(producerPerformance),
                externals)
            .flatMap(List::stream)
            .toList());
  }

  List<Contender> all() {
    return List.copyOf(byName.values());
  }

  /**
   * @throws CommandFailure if there is none of this name
   */
  Contender named(String name) {
    Contender contender = byName.get(name);
    if (contender == null) {
      throw CommandFailure.usage(
          "there is no contender " + name + Spelling.hint(name, byName.keySet()));
    }
    return contender;
  }

  static boolean isLimit(Contender contender) {
    return contender.name().startsWith(LIMIT_PREFIX);
  }
}
