package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only a process of its own shows: signals (SIGTERM, for SIGINT is ignored by what a shell
 * starts in the background), blocked pipes, a closed stdout, a small heap.
 */
@WithKafka
class ProducerProcessTest {
  private static final long PATIENCE_SECONDS = 40;

  private final KafkaCluster cluster;
  private final Path directory;

  ProducerProcessTest(KafkaCluster cluster, @TempDir Path directory) {
    this.cluster = cluster;
    this.directory = directory;
  }

  @Test
  void aSignalEndsTheSendingWithEveryOutcomeKnown() throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      // Given a producer that would send for hours
      Process producer =
          start("-Xmx256m", kitchen.args("generate", "--count", "1000000", "--rate", "100"));
      awaitOrders(kitchen, 20);

      // When
      producer.toHandle().destroy();

      // Then
      assertThat(exit(producer)).isEqualTo(143);
      int sent = kitchen.read(kitchen.kitchen.orders()).size();
      assertThat(sent).isBetween(20, 10_000);
      assertThat(stdout(producer)).contains("acknowledged %,d, failed 0".formatted(sent));
    }
  }

  @Test
  void aSignalEndsTheWaiting() throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      Process producer = start("-Xmx256m", kitchen.args("generate", "--count", "50", "--wait"));
      awaitOrders(kitchen, 50);

      producer.toHandle().destroy();

      assertThat(exit(producer)).isEqualTo(143);
      assertThat(stdout(producer)).contains("still open 50");
    }
  }

  @Test
  void aSignalWakesAProducerThatWaitsForItsInput() throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      // Given a pipe whose other end writes one order and then stays open
      Process producer = start("-Xmx256m", kitchen.args("load", "-"));
      OutputStream stdin = producer.getOutputStream();
      stdin.write((order("a") + "\n").getBytes(StandardCharsets.UTF_8));
      stdin.flush();
      awaitOrders(kitchen, 1);

      // When
      producer.toHandle().destroy();

      // Then
      assertThat(exit(producer)).isEqualTo(143);
      assertThat(stdout(producer)).contains("sent 1 orders: acknowledged 1, failed 0");
    }
  }

  @Test
  void aClosedStdoutEndsItQuietly() throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      Process producer = start("-Xmx256m", kitchen.args("generate", "--count", "10"));
      producer.getInputStream().close();

      assertThat(exit(producer)).isZero();
      assertThat(stderr(producer)).isEmpty();
      assertThat(kitchen.read(kitchen.kitchen.orders())).hasSize(10);
    }
  }

  @Test
  void aLineFarLongerThanTheHeapIsRefusedAndTheRestGoesOn() throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster)) {
      // Given a heap of 160 MiB and a line of 300 MiB
      Process producer = start("-Xmx160m", kitchen.args("load", "-"));
      try (OutputStream stdin = producer.getOutputStream()) {
        stdin.write((order("a") + "\n").getBytes(StandardCharsets.UTF_8));
        byte[] mebibyte = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
          stdin.write(mebibyte);
        }
        stdin.write(("\n" + order("b")).getBytes(StandardCharsets.UTF_8));
      }

      // Then
      assertThat(exit(producer)).isEqualTo(1);
      assertThat(stdout(producer))
          .contains("sent 2 orders: acknowledged 2, failed 0")
          .contains("read 3 lines: refused 1, repeated 0; see stdin.rejects");
      assertThat(Files.readString(directory.resolve("stdin.rejects")))
          .startsWith(
              "{\"line\":2,\"reason\":\"the line has 314572800 bytes, the limit is 921600\"");
    }
  }

  private Process start(String heap, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                ProducerMain.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectError(directory.resolve("stderr").toFile())
        .start();
  }

  private static void awaitOrders(TestKitchen kitchen, int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
    while (kitchen.read(kitchen.kitchen.orders()).size() < count) {
      assertThat(System.nanoTime() - deadline).as("waited for %s orders", count).isNegative();
    }
  }

  private int exit(Process process) throws InterruptedException, IOException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("the producer did not end; it said: " + stderr(process));
    }
    return process.exitValue();
  }

  private static String stdout(Process process) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      return String.join("\n", reader.lines().toList());
    }
  }

  private String stderr(Process process) throws IOException {
    assertThat(process.isAlive()).isFalse();
    return Files.readString(directory.resolve("stderr"));
  }

  private static String order(String id) {
    return "{\"id\":\"%s\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\"}".formatted(id);
  }
}
