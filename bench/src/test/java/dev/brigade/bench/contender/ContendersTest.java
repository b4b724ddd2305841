package dev.brigade.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.bench.Contender;
import dev.brigade.bench.OrderPromise;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contender as a process of its own, against a real broker. */
@WithKafka
class ContendersTest {
  private static final String ORDERS = "contenders.orders";
  private static final int COUNT = 2_000;
  private static final int TABLES = 50;

  private static final List<String> JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx256m",
          "-Xshare:auto",
          "-XX:-UsePerfData",
          "-cp",
          System.getProperty("java.class.path"));

  @TempDir private Path directory;

  @BeforeAll
  static void loadOrders(KafkaCluster cluster) throws Exception {
    BenchTopics topics = new BenchTopics(cluster);
    topics.create(ORDERS);
    topics.load(ORDERS, COUNT, TABLES);
  }

  static Stream<Named<Contender>> contenders() {
    return Contenders.all(JVM).stream().map(contender -> Named.of(contender.name(), contender));
  }

  static Stream<Named<Contender>> limits() {
    return Limits.all(JVM).stream().map(limit -> Named.of(limit.name(), limit));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contenders")
  void everyOrderBecomesOneMealAndAnOffsetWithIt(Contender contender, KafkaCluster cluster)
      throws Exception {
    BenchTopics topics = new BenchTopics(cluster);
    String meals = contender.name() + ".meals";
    topics.create(meals);

    try (StartedContender started = start(contender, cluster)) {
      topics.read(meals, COUNT, started::isAlive);
      started.terminate();

      assertThat(started.awaitExit())
          .as("what it said: %s", started.said())
          .isEqualTo(ExitCode.TERMINATED);
      assertThat(started.said()).anyMatch(line -> line.startsWith("config: "));
    }

    List<ConsumerRecord<byte[], byte[]>> cooked = topics.read(meals, COUNT, () -> true);
    assertThatEachIsTheMealOfOneOrder(cooked, topics.read(ORDERS, COUNT, () -> true));
    assertThatThePromiseIsKept(contender.promise(), cooked);
    if (!contender.name().equals("share")) {
      assertThat(topics.committed(contender.name())).isEqualTo(COUNT);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("limits")
  void aLimitSaysItsFigureAndEnds(Contender limit, KafkaCluster cluster) throws Exception {
    new BenchTopics(cluster).create(limit.name() + ".meals");

    try (StartedContender started = start(limit, cluster)) {
      assertThat(started.awaitExit()).isEqualTo(ExitCode.DONE);
      assertThat(started.said()).filteredOn(line -> line.matches("limit: [1-9]\\d*")).hasSize(1);
    }
  }

  @Test
  void aContenderHaltsWhenItsHarnessIsGone(KafkaCluster cluster) throws Exception {
    try (StartedContender started = start(Contenders.all(JVM).get(0), cluster)) {
      started.endStandardInput();

      assertThat(started.awaitExit()).isEqualTo(ExitCode.FAILED);
    }
  }

  @Test
  void aContenderThatIsNotToldEnoughSaysWhatIsMissing() {
    try (StartedContender started =
        StartedContender.start(Contenders.all(JVM).get(0).command(), Map.of(), directory)) {
      assertThat(started.awaitExit()).isEqualTo(ExitCode.FAILED);
      assertThat(started.said())
          .containsExactly("environment variable BRIGADE_BENCH_BOOTSTRAP is missing");
    }
  }

  private StartedContender start(Contender contender, KafkaCluster cluster) {
    Map<String, String> environment = new HashMap<>();
    environment.put("BRIGADE_BENCH_BOOTSTRAP", cluster.bootstrapServers());
    environment.put("BRIGADE_BENCH_ORDERS", ORDERS);
    environment.put("BRIGADE_BENCH_MEALS", contender.name() + ".meals");
    environment.put("BRIGADE_BENCH_GROUP", contender.name());
    environment.put("BRIGADE_BENCH_WORKER", "w-1");
    environment.put("BRIGADE_BENCH_CONCURRENCY", "8");
    environment.put("BRIGADE_BENCH_COOK_MICROS", "500");
    environment.put("BRIGADE_BENCH_SLOW_MICROS", "0");
    return StartedContender.start(contender.command(), environment, directory);
  }

  private static void assertThatEachIsTheMealOfOneOrder(
      List<ConsumerRecord<byte[], byte[]>> cooked, List<ConsumerRecord<byte[], byte[]>> ordered)
      throws Exception {
    Map<String, String> expected = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : ordered) {
      Order order = OrderCodec.decode(record.value());
      expected.put(order.id(), place(record.partition(), record.offset(), order.key()));
    }
    assertThat(expected).hasSize(COUNT);
    Map<String, String> found = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : cooked) {
      Meal meal = MealCodec.decode(record.value());
      assertThat(meal.worker()).isEqualTo("w-1");
      assertThat(meal.partition()).isEqualTo(record.partition());
      assertThat(meal.cookMicros()).isGreaterThanOrEqualTo(500);
      assertThat(meal.finishedAt()).isAfter(meal.startedAt());
      found.put(meal.orderId(), place(record.partition(), meal.offset(), key(record)));
    }
    assertThat(found).isEqualTo(expected);
    assertThat(cooked).as("meals beyond one per order").hasSize(COUNT);
  }

  private static void assertThatThePromiseIsKept(
      OrderPromise promise, List<ConsumerRecord<byte[], byte[]>> cooked) throws Exception {
    Map<String, Long> latest = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : cooked) {
      String line =
          switch (promise) {
            case NONE -> record.partition() + "@" + record.offset();
            case KEY -> key(record);
            case PARTITION -> Integer.toString(record.partition());
          };
      long offset = MealCodec.decode(record.value()).offset();
      assertThat(offset)
          .as("the order cooked after that at %s of %s", latest.get(line), line)
          .isGreaterThan(latest.getOrDefault(line, -1L));
      latest.put(line, offset);
    }
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  private static String place(int partition, long offset, String key) {
    return "%d@%d %s".formatted(partition, offset, key);
  }
}
