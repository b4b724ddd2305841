package dev.brigade.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.Commands;
import dev.brigade.orders.InitCommand;
import dev.brigade.orders.Json;
import dev.brigade.orders.LatencyWindow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@WithKafka
class MonitorOnBrokerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path directory;

  @Test
  void whatWasMeasuredSurvivesKillsAndALostStateDirectory(KafkaCluster cluster) throws Exception {
    try (BrokerKitchen kitchen = new BrokerKitchen(cluster, "killed", "killed-worker");
        LatencyReader latency = kitchen.latency()) {
      // Given: a monitor that is killed at work, twice, and finds its directory gone once
      kitchen.serve(300);
      MonitorProcess first = MonitorProcess.start(cluster, "killed", directory.resolve("one"));
      try (first) {
        await(kitchen, latency, windows -> NaiveWindows.ends(windows.values(), 60) > 0);
        kitchen.serve(200);
        first.kill();
      }
      kitchen.serve(200);
      MonitorProcess second = MonitorProcess.start(cluster, "killed", directory.resolve("one"));
      try (second) {
        long before = NaiveWindows.ends(kitchen.latest(latency).values(), 60);
        await(kitchen, latency, windows -> NaiveWindows.ends(windows.values(), 60) > before);
        kitchen.serve(200);
        second.kill();
      }

      // When
      MonitorProcess third = MonitorProcess.start(cluster, "killed", directory.resolve("two"));
      try (third) {
        kitchen.serve(100);

        // Then
        awaitAll(kitchen, latency);
        assertThat(third.stop()).isEqualTo(143);
      }
    }
  }

  @Test
  void monitorsShareTheWorkAndTakeOverFromOneThatDied(KafkaCluster cluster) throws Exception {
    try (BrokerKitchen kitchen = new BrokerKitchen(cluster, "shared", "shared-worker");
        LatencyReader latency = kitchen.latency();
        MonitorProcess one = MonitorProcess.start(cluster, "shared", directory);
        MonitorProcess other = MonitorProcess.start(cluster, "shared", directory)) {
      // Given
      kitchen.serve(200);
      await(kitchen, latency, windows -> NaiveWindows.ends(windows.values(), 60) > 0);

      // When
      one.kill();
      kitchen.serve(200);

      // Then
      awaitAll(kitchen, latency);
      assertThat(other.stop()).isEqualTo(143);
    }
  }

  @Test
  void windowsBecomeFinalWhileNothingHappensAnyMore(KafkaCluster cluster) throws Exception {
    try (BrokerKitchen kitchen = new BrokerKitchen(cluster, "silent", "silent-worker");
        LatencyReader latency = kitchen.latency();
        MonitorProcess monitor = MonitorProcess.start(cluster, "silent", directory)) {
      // When: the last things on the topics are markers of an aborted transaction
      kitchen.serve(50);

      // Then
      await(
          kitchen,
          latency,
          windows ->
              windows.values().stream().anyMatch(window -> window.isFinal() && window.count() > 0));
      assertThat(monitor.isAlive()).isTrue();
    }
  }

  /** Until all ends are counted; the windows must then be exactly those of the topics. */
  private static void awaitAll(BrokerKitchen kitchen, LatencyReader latency) throws Exception {
    NaiveWindows expected = kitchen.recomputed();
    for (int seconds : WindowTimes.SECONDS) {
      await(
          kitchen,
          latency,
          windows -> NaiveWindows.ends(windows.values(), seconds) >= expected.ends(seconds));
    }
    expected.assertSameAs(kitchen.latest(latency));
  }

  private static void await(
      BrokerKitchen kitchen, LatencyReader latency, Predicate<Map<String, LatencyWindow>> until) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!until.test(kitchen.latest(latency))) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(
            "not within " + PATIENCE + "; published so far: " + kitchen.latest(latency));
      }
    }
  }

  @Test
  void aKitchenWithoutTopicsIsPointedToInit(KafkaCluster cluster) {
    Result result =
        run(
            new MonitorCommand(),
            "--bootstrap-server",
            cluster.bootstrapServers(),
            "--kitchen",
            "none",
            "--state-dir",
            directory.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("does not exist: run brigade init --kitchen none");
  }

  @Test
  void fewerPartitionsForMealsThanForOrdersAreRefused(KafkaCluster cluster) throws Exception {
    // Given
    String server = cluster.bootstrapServers();
    run(new InitCommand(), "--bootstrap-server", server, "--kitchen", "uneven");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", server))) {
      admin.createPartitions(Map.of("uneven.orders", NewPartitions.increaseTo(13))).all().get();
      while (!partitionsSeen(admin, "uneven.orders", "uneven.latency").equals(List.of(13, 1))) {
        Thread.onSpinWait();
      }
    }

    // When
    Result result =
        run(
            new MonitorCommand(),
            "--bootstrap-server",
            server,
            "--kitchen",
            "uneven",
            "--state-dir",
            directory.toString());

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("uneven.meals has 12 partitions", "uneven.orders has 13");
  }

  /** A broker may answer from what it knew before the controller created the topics. */
  private static List<Integer> partitionsSeen(Admin admin, String... topics) {
    return Arrays.stream(topics)
        .map(topic -> admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
        .map(
            future -> {
              try {
                return future == null ? 0 : future.get().partitions().size();
              } catch (InterruptedException | ExecutionException e) {
                return 0;
              }
            })
        .toList();
  }

  @Test
  void tailPrintsWhatIsWantedAndEndsAfterThatMany(KafkaCluster cluster) throws Exception {
    try (BrokerKitchen kitchen = new BrokerKitchen(cluster, "tailed", "tailed-worker");
        LatencyReader latency = kitchen.latency()) {
      // Given
      try (MonitorProcess monitor = MonitorProcess.start(cluster, "tailed", directory)) {
        kitchen.serve(50);
        await(
            kitchen,
            latency,
            windows ->
                windows.values().stream()
                    .anyMatch(w -> w.dish().equals("soup") && w.windowSeconds() == 60));
        assertThat(monitor.stop()).isEqualTo(143);
      }

      // When
      String[] tail = {
        "--bootstrap-server",
        cluster.bootstrapServers(),
        "--kitchen",
        "tailed",
        "--from-beginning",
        "--all",
        "--dish",
        "soup",
        "--window",
        "60",
        "--count",
        "1"
      };
      Result lines = run(new TailCommand(), tail);
      Result json = run(new TailCommand(), with(tail, "--json"));

      // Then
      assertThat(lines.exitCode()).isZero();
      assertThat(lines.out().lines().toList()).hasSize(2).last().asString().contains("soup", "60s");
      LatencyWindow window =
          Json.read(json.out().strip().getBytes(StandardCharsets.UTF_8), LatencyWindow.class);
      assertThat(window.dish()).isEqualTo("soup");
      assertThat(window.windowSeconds()).isEqualTo(60);
      assertThat(window.revision()).isEqualTo(1);
    }
  }

  private record Result(int exitCode, String out, String err) {}

  private static Result run(Object command, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Commands.run(
            new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true)),
            args);
    return new Result(exitCode, out.toString(), err.toString());
  }

  private static String[] with(String[] args, String more) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(more);
    return all.toArray(String[]::new);
  }
}
