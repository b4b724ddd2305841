package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.Batch;
import dev.brigade.orders.Json;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class ProducerCommandTest {
  private final KafkaCluster cluster;

  ProducerCommandTest(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void generatedOrdersAreInTheLogUnderTheirTables() {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      // When
      Cli run =
          Cli.producer(
              kitchen.args("generate", "--count", "500", "--tables", "7", "--batch", "dinner"));

      // Then
      assertThat(run.exit()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.outLines()).hasSize(1);
      assertThat(run.out())
          .matches(
              "sent 500 orders of batch dinner: acknowledged 500, failed 0 in \\S+ s \\(.*/s\\)\n");
      List<ConsumerRecord<byte[], byte[]>> records = kitchen.read(kitchen.kitchen.orders());
      assertThat(records).hasSize(500);
      Map<Integer, String> lastIds = new HashMap<>();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        Order order = TestKitchen.order(record);
        assertThat(order.batch()).isEqualTo(new Batch("dinner", 500));
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(order.table());
        assertThat(record.partition())
            .isEqualTo(Utils.toPositive(Utils.murmur2(record.key())) % TestKitchen.PARTITIONS);
        String last = lastIds.put(record.partition(), order.id());
        assertThat(last == null || last.compareTo(order.id()) < 0).isTrue();
      }
    }
  }

  @Test
  void loadedLinesAreInTheLogByteForByteAndBadOnesInTheRejectsFile(@TempDir Path directory)
      throws IOException {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      // Given
      String first = " {\"placedAt\":\"2026-11-20T16:35:49Z\", \"dish\":\"soup\",\"id\":\"a\"}";
      String second = order("b", "t-1");
      Path file = directory.resolve("orders.ndjson");
      Files.writeString(file, String.join("\r\n", first, "{\"id\":", second, second));

      // When
      Cli run = Cli.producer(kitchen.args("load", file.toString()));

      // Then
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).isEmpty();
      assertThat(run.outLines().get(0)).startsWith("sent 2 orders: acknowledged 2, failed 0 in ");
      assertThat(run.outLines().get(1))
          .isEqualTo("read 4 lines: refused 1, repeated 1; see " + file + ".rejects");
      assertThat(run.outLines()).hasSize(2);
      assertThat(Files.readAllLines(Path.of(file + ".rejects"))).hasSize(1);
      assertThat(kitchen.read(kitchen.kitchen.orders()))
          .extracting(
              record -> new String(record.key(), StandardCharsets.UTF_8),
              record -> new String(record.value(), StandardCharsets.UTF_8))
          .containsExactlyInAnyOrder(tuple("a", first), tuple("t-1", second));
    }
  }

  @Test
  void standardInputIsReadLikeAFile(@TempDir Path directory) {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      Path rejects = directory.resolve("rejects");

      Cli run =
          Cli.load(
              order("a", "t-1") + "\n",
              kitchen.args("-", "--rejects", rejects.toString(), "--json"));

      assertThat(run.exit()).isZero();
      assertThat(run.out())
          .matches(
              "\\{\"sent\":1,\"acknowledged\":1,\"failed\":0,\"millis\":\\d+,"
                  + "\"ordersPerSecond\":[0-9.]+,"
                  + "\"intake\":\\{\"lines\":1,\"refused\":0,\"repeated\":0\\},"
                  + "\"interrupted\":false\\}\n");
      assertThat(rejects).doesNotExist();
      assertThat(kitchen.read(kitchen.kitchen.orders())).hasSize(1);
    }
  }

  @Test
  void compressedStandardInputIsWrongUsage(@TempDir Path directory) {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      Cli run =
          Cli.load(
              new byte[] {0x1f, (byte) 0x8b, 8, 0},
              kitchen.args("-", "--rejects", directory.resolve("rejects").toString()));

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.errLines())
          .containsExactly(
              "load: stdin is gzip, expected UTF-8 text: pipe it through gunzip -c first");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void waitingEndsWhenEveryOrderHasItsMealOrDeadLetter() throws MalformedRecordException {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      // Given a chef who lets one order in ten die and cooks one in ten twice,
      // and meals of another sender's orders in between
      var chef =
          new Object() {
            int seen;

            void take(ConsumerRecord<byte[], byte[]> order) {
              int number = seen++;
              if (number % 10 == 3) {
                kitchen.deadLetter(order);
              } else {
                kitchen.meal(order, Duration.ofMillis(number % 10 == 4 ? 500 : 20));
              }
              if (number % 10 == 5) {
                kitchen.meal(order, Duration.ofMillis(900));
              }
            }
          };
      Cli.producer(kitchen.args("generate", "--count", "50"));
      try (TestKitchen.Cooking cooking = kitchen.cook(chef::take)) {
        // When
        Cli run =
            Cli.producer(
                kitchen.args(
                    "generate", "--count", "200", "--wait", "--wait-timeout", "40s", "--json"));

        // Then
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        JsonNode ends = Json.readTree(run.out().getBytes(StandardCharsets.UTF_8)).get("ends");
        assertThat(ends.get("open").asLong()).isZero();
        assertThat(ends.get("cooked").asLong() + ends.get("dead").asLong()).isEqualTo(200);
        assertThat(ends.get("dead").asLong()).isEqualTo(20);
        assertThat(ends.get("conflicting").asLong()).isZero();
        assertThat(ends.get("unreadable").asLong()).isZero();
        JsonNode completion = ends.get("completion");
        assertThat(completion.get("p50Ms").asDouble()).isBetween(19.9, 20.1);
        assertThat(completion.get("p99Ms").asDouble()).isBetween(499.0, 501.0);
        assertThat(completion.get("maxMs").asDouble()).isBetween(499.0, 501.0);
      }
    }
  }

  @Test
  void ordersThatEndMoreThanOnceAreCounted() throws MalformedRecordException {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      // Given a chef who waits for all orders, ends them wrongly, and cooks the last one at last
      List<ConsumerRecord<byte[], byte[]>> orders = new ArrayList<>();
      try (TestKitchen.Cooking cooking =
          kitchen.cook(
              order -> {
                orders.add(order);
                if (orders.size() == 30) {
                  orders.subList(0, 29).forEach(o -> kitchen.meal(o, Duration.ofMillis(1)));
                  orders.subList(0, 7).forEach(o -> kitchen.meal(o, Duration.ofMillis(1)));
                  orders.subList(0, 2).forEach(kitchen::deadLetter);
                  kitchen.send(
                      new ProducerRecord<>(
                          kitchen.kitchen.meals(), order.partition(), new byte[1], new byte[1]));
                  kitchen.flush();
                  kitchen.meal(order, Duration.ofMillis(1));
                }
              })) {
        // When
        Cli run =
            Cli.producer(
                kitchen.args(
                    "generate",
                    "--count",
                    "30",
                    "--tables",
                    "1",
                    "--wait",
                    "--wait-timeout",
                    "40s",
                    "--json"));

        // Then
        JsonNode ends = Json.readTree(run.out().getBytes(StandardCharsets.UTF_8)).get("ends");
        assertThat(run.exit()).isZero();
        assertThat(ends.get("cooked").asLong() + ends.get("dead").asLong()).isEqualTo(30);
        assertThat(ends.get("cookedTwice").asLong()).isEqualTo(7);
        assertThat(ends.get("conflicting").asLong()).isEqualTo(2);
        assertThat(ends.get("unreadable").asLong()).isEqualTo(1);
        assertThat(ends.get("open").asLong()).isZero();
      }
    }
  }

  @Test
  void waitingLongerThanAllowedIsAFailureThatSaysHowManyAreOpen() {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      Cli run =
          Cli.producer(
              kitchen.args("generate", "--count", "20", "--wait", "--wait-timeout", "200ms"));

      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.errLines())
          .containsExactly("producer generate: 20 orders have not ended within 200 ms");
      assertThat(run.outLines().get(1))
          .startsWith("cooked 0, dead letters 0, cooked twice 0, still open 20 after ");
    }
  }

  @Test
  void aRateIsKeptByIntendedTimes() {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      Cli run =
          Cli.producer(
              kitchen.args("generate", "--count", "20", "--rate", "100/s", "--tables", "1"));

      assertThat(run.exit()).isZero();
      List<Order> orders =
          kitchen.read(kitchen.kitchen.orders()).stream().map(TestKitchen::order).toList();
      assertThat(IntStream.range(1, 20))
          .allMatch(
              i ->
                  Duration.between(orders.get(0).placedAt(), orders.get(i).placedAt())
                      .equals(Duration.ofMillis(10L * i)));
    }
  }

  @Test
  void aMissingTopicIsAnErrorThatNamesInit() {
    Cli run =
        Cli.producer(
            "generate",
            "--count",
            "1",
            "--bootstrap-server",
            cluster.bootstrapServers(),
            "--kitchen",
            "none-such");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errLines())
        .containsExactly(
            "producer generate: topic none-such.orders does not exist: run brigade init"
                + " --kitchen none-such");
  }

  @Test
  void aTopicOnOneDiskIsAWarningAndRefusedWhenStrict() {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      String name = kitchen.kitchen.name();
      String[] loud = {
        "generate",
        "--count",
        "1",
        "--bootstrap-server",
        cluster.bootstrapServers(),
        "--kitchen",
        name
      };

      Cli warned = Cli.producer(loud);
      Cli refused = Cli.producer(kitchen.args("generate", "--count", "1", "--strict"));

      assertThat(warned.exit()).isZero();
      assertThat(warned.errLines())
          .containsExactly(
              "warning: "
                  + name
                  + ".orders has replication factor 1: one broker's disk is all there is");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains("(refused by --strict)");
      assertThat(kitchen.read(kitchen.kitchen.orders())).hasSize(1);
    }
  }

  @Test
  void whatTheBrokerRefusesIsCountedAndInTheRejectsFile(@TempDir Path directory)
      throws IOException, ExecutionException, InterruptedException {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      // Given a topic that takes smaller records than the contract allows
      try (Admin admin = Admin.create(kitchen.config())) {
        admin
            .incrementalAlterConfigs(
                Map.of(
                    new ConfigResource(ConfigResource.Type.TOPIC, kitchen.kitchen.orders()),
                    List.of(
                        new AlterConfigOp(
                            new ConfigEntry("max.message.bytes", "2000"),
                            AlterConfigOp.OpType.SET))))
            .all()
            .get();
      }
      Random random = new Random(1);
      StringBuilder noise = new StringBuilder();
      for (int i = 0; i < 5000; i++) {
        noise.append((char) ('a' + random.nextInt(26)));
      }
      Path file = directory.resolve("orders");
      Files.writeString(
          file,
          order("a", "t-1")
              + "\n"
              + order("b", noise.substring(0, 200)).replace("}", ",\"payload\":\"" + noise + "\"}")
              + "\n"
              + order("c", "t-1"));

      // When
      Cli run = Cli.producer(kitchen.args("load", file.toString()));

      // Then
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.outLines().get(0)).startsWith("sent 3 orders: acknowledged 2, failed 1 in ");
      assertThat(Files.readString(Path.of(file + ".rejects")))
          .startsWith("{\"line\":2,\"reason\":\"not acknowledged: ")
          .hasLineCount(1);
      assertThat(kitchen.read(kitchen.kitchen.orders())).hasSize(2);
    }
  }

  private static String order(String id, String table) {
    return "{\"id\":\""
        + id
        + "\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\",\"table\":\""
        + table
        + "\"}";
  }
}
