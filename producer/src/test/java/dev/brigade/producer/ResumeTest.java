package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code load --resume} on a real topic, after real producers that were killed. */
@WithKafka
class ResumeTest {
  private static final int LINES = 20_000;
  private static final long PATIENCE_SECONDS = 60;

  /** A producer that has to wait for the brokers every few orders, so that it can be killed. */
  private static final String SLOWLY =
      """
      batch.size=600
      buffer.memory=4000
      linger.ms=0
      max.in.flight.requests.per.connection=2
      """;

  private final KafkaCluster cluster;
  private final Path directory;
  private final Path file;

  ResumeTest(KafkaCluster cluster, @TempDir Path directory) {
    this.cluster = cluster;
    this.directory = directory;
    this.file = directory.resolve("orders");
  }

  @BeforeEach
  void slowClients() throws IOException {
    Files.writeString(directory.resolve("slowly"), SLOWLY);
  }

  @Test
  void producersKilledInMidFileLeaveEveryLineOnTheTopicOnceInTheEnd() throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      // Given
      List<String> lines = IntStream.range(0, LINES).mapToObj(i -> order("o-" + i, "")).toList();
      Files.write(file, lines);

      // When it is killed early, in the middle and late, each time going on where it was
      killAt(kitchen, 1, "load", file.toString());
      for (int at : List.of(3_000, 10_000, 17_000)) {
        killAt(kitchen, at, "load", file.toString(), "--resume");
      }
      int before = values(kitchen).size();
      Cli run = Cli.producer(kitchen.args("load", file.toString(), "--resume"));

      // Then
      assertThat(run.err()).isEmpty();
      assertThat(run.exit()).isZero();
      assertThat(values(kitchen)).containsExactlyInAnyOrderElementsOf(lines);
      assertThat(run.outLines().get(0)).startsWith("sent %,d orders: ".formatted(LINES - before));
      assertThat(run.outLines().get(1))
          .isEqualTo(
              "read %,d lines: refused 0, repeated 0, on the topic before %,d"
                  .formatted(LINES, before));
    }
  }

  @Test
  void anEmptyTopicAndAFullOneAreNothingSpecial() throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      List<String> lines = List.of(order("a", ""), order("b", ""));
      Files.write(file, lines);

      Cli first = Cli.producer(kitchen.args("load", file.toString(), "--resume"));
      Cli again = Cli.producer(kitchen.args("load", file.toString(), "--resume", "--json"));

      assertThat(first.exit()).isZero();
      assertThat(first.out())
          .contains("sent 2 orders: acknowledged 2, failed 0", "on the topic before 0");
      assertThat(again.exit()).isZero();
      assertThat(again.out())
          .contains("\"sent\":0,")
          .contains(
              "\"intake\":{\"lines\":2,\"refused\":0,\"repeated\":0,"
                  + "\"resumed\":{\"onTopic\":2,\"twice\":0}}");
      assertThat(values(kitchen)).containsExactlyInAnyOrderElementsOf(lines);
    }
  }

  @Test
  void aLineWhoseIdIsOnTheTopicWithAnotherBodyIsRefusedAndTheRestGoesOn() throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      // Given
      Files.write(file, List.of(order("a", ""), order("b", "")));
      assertThat(Cli.producer(kitchen.args("load", file.toString())).exit()).isZero();
      Files.write(file, List.of(order("a", ""), order("b", ",\"table\":\"t\""), order("c", "")));

      // When
      Cli run = Cli.producer(kitchen.args("load", file.toString(), "--resume"));

      // Then
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.outLines().get(1))
          .isEqualTo(
              "read 3 lines: refused 1, repeated 0, on the topic before 1; see %s.rejects"
                  .formatted(file));
      assertThat(Files.readString(Path.of(file + ".rejects")))
          .startsWith(
              "{\"line\":2,\"reason\":\"id 'b' is on the topic or on an earlier line, with another"
                  + " body\"")
          .hasLineCount(1);
      assertThat(values(kitchen))
          .containsExactlyInAnyOrder(order("a", ""), order("b", ""), order("c", ""));
    }
  }

  @Test
  void whatAnAbortedTransactionLeftIsNotThere() throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      Files.write(file, List.of(order("a", "")));
      Map<String, Object> config = new HashMap<>(kitchen.config());
      config.put("transactional.id", "aborts");
      try (KafkaProducer<byte[], byte[]> other =
          new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
        other.initTransactions();
        other.beginTransaction();
        var unused =
            other.send(
                new ProducerRecord<>(
                    kitchen.kitchen.orders(), order("a", "").getBytes(StandardCharsets.UTF_8)));
        other.flush();
        other.abortTransaction();
      }

      Cli run = Cli.producer(kitchen.args("load", file.toString(), "--resume"));

      assertThat(run.exit()).isZero();
      assertThat(run.out()).contains("sent 1 orders", "on the topic before 0");
    }
  }

  @Test
  void whatIsThereTwiceIsAFailureThatSaysSo() throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      // Given a file that was loaded twice without --resume
      Files.write(file, List.of(order("a", ""), order("b", "")));
      Cli.producer(kitchen.args("load", file.toString()));
      Cli.producer(kitchen.args("load", file.toString()));

      Cli run = Cli.producer(kitchen.args("load", file.toString(), "--resume"));

      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.outLines().get(2)).startsWith("the topic holds 2 records beyond the first");
      assertThat(values(kitchen)).hasSize(4);
    }
  }

  /** Kills the producer when the topic holds so many orders, and sees that it had more to send. */
  private void killAt(TestKitchen kitchen, long orders, String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ProducerMain.class.getName()));
    command.addAll(List.of(kitchen.args(args)));
    command.addAll(List.of("--command-config", directory.resolve("slowly").toString()));
    Path said = directory.resolve("said");
    Process producer =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (kitchen.size(kitchen.kitchen.orders()) < orders) {
        assertThat(System.nanoTime() - deadline).as("waited for %s orders", orders).isNegative();
        assertThat(producer.isAlive()).as(() -> read(said)).isTrue();
      }
    } finally {
      producer.destroyForcibly();
    }
    assertThat(producer.waitFor()).as(() -> read(said)).isEqualTo(128 + 9);
    assertThat(kitchen.size(kitchen.kitchen.orders())).as("in mid-file").isLessThan(LINES);
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> values(TestKitchen kitchen) {
    return kitchen.read(kitchen.kitchen.orders()).stream()
        .map(ConsumerRecord::value)
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }

  private static String order(String id, String more) {
    return "{\"id\":\"%s\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\"%s}"
        .formatted(id, more);
  }
}
