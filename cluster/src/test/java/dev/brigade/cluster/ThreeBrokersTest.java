package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One cluster of three processes, harmed by each test and whole again at its end. */
class ThreeBrokersTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static KafkaCluster cluster;
  private static Client client;

  @BeforeAll
  static void start() {
    cluster =
        KafkaCluster.builder()
            .brokers(3)
            .property("broker.session.timeout.ms", "2000")
            .property("broker.heartbeat.interval.ms", "500")
            .start();
    client = new Client(cluster);
  }

  @AfterAll
  static void close() {
    client.close();
    cluster.close();
  }

  @Test
  void theOthersServeWhileAKilledBrokerIsDownAndItCatchesUpAfterwards() {
    // Given
    client.createTopic("killed");
    client.send("killed", "before");
    int leader = client.leader("killed");
    String bootstrapServers = cluster.bootstrapServers();

    // When
    cluster.kill(leader);

    // Then
    assertThat(cluster.isRunning(leader)).isFalse();
    assertThat(cluster.pid(leader)).isEmpty();
    client.send("killed", "while down");
    assertThat(client.inSync("killed")).hasSize(2).doesNotContain(leader);
    assertThat(client.read("killed", 2)).containsExactly("before", "while down");

    // When
    cluster.start(leader);

    // Then
    await().atMost(LIMIT).until(() -> client.inSync("killed").equals(List.of(1, 2, 3)));
    assertThat(cluster.bootstrapServers()).isEqualTo(bootstrapServers);
  }

  @Test
  void aFrozenBrokerIsFencedAndComesBackWhenThawed() {
    // Given
    client.createTopic("frozen");
    int leader = client.leader("frozen");

    // When
    cluster.freeze(leader);

    // Then
    client.send("frozen", "while frozen");
    await().atMost(LIMIT).until(() -> client.leader("frozen") != leader);
    assertThat(cluster.isRunning(leader)).isTrue();

    // When
    cluster.thaw(leader);

    // Then
    await().atMost(LIMIT).until(() -> client.inSync("frozen").equals(List.of(1, 2, 3)));
  }

  @Test
  void aCleanStopMovesLeadershipBeforeTheBrokerEnds() {
    // Given
    client.createTopic("stopped");
    int leader = client.leader("stopped");

    // When
    cluster.stop(leader);

    // Then
    assertThat(cluster.isRunning(leader)).isFalse();
    assertThat(client.inSync("stopped")).hasSize(2).doesNotContain(leader);
    client.send("stopped", "while stopped");

    // When
    cluster.start(leader);

    // Then
    await().atMost(LIMIT).until(() -> client.inSync("stopped").equals(List.of(1, 2, 3)));
  }

  @Test
  void aBrokerLeavesAnInterruptToItsParent() throws Exception {
    // Given
    String pid = Long.toString(cluster.pid(1).orElseThrow());

    // When
    assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();

    // Then
    client.createTopic("interrupted");
    client.send("interrupted", "still here");
    assertThat(cluster.isRunning(1)).isTrue();
  }

  @Test
  void everyBrokerIsKnownToClientsAsSoonAsTheClusterHasStarted() {
    assertThat(client.brokers()).containsExactly(1, 2, 3);
    assertThat(cluster.nodes()).containsExactly(1, 2, 3);
  }
}
