package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterLifecycleTest {
  private final Path data;

  ClusterLifecycleTest(@TempDir Path data) {
    this.data = data;
  }

  @BeforeAll
  static void keepTheBrokersQuiet() {
    BrokerNoise.lower();
  }

  @Test
  void dataAndClusterIdSurviveInAGivenDirectory() {
    // Given
    String clusterId;
    try (KafkaCluster cluster = KafkaCluster.builder().dataDirectory(data).start();
        Client client = new Client(cluster)) {
      clusterId = client.clusterId();
      client.createTopic("kept");
      client.send("kept", "before");
    }

    // When
    try (KafkaCluster cluster = KafkaCluster.builder().dataDirectory(data).inThisJvm().start();
        Client client = new Client(cluster)) {
      client.send("kept", "after");

      // Then
      assertThat(client.clusterId()).isEqualTo(clusterId).isEqualTo(cluster.clusterId());
      assertThat(client.read("kept", 2)).containsExactly("before", "after");
    }
    assertThat(data).exists();
  }

  @Test
  void nothingOfATemporaryClusterOfProcessesIsLeft() {
    // Given
    KafkaCluster cluster = KafkaCluster.builder().start();
    ProcessHandle broker = ProcessHandle.of(cluster.pid(1).orElseThrow()).orElseThrow();
    assertThat(cluster.dataDirectory()).exists();

    // When
    cluster.close();

    // Then
    assertThat(broker.isAlive()).isFalse();
    assertThat(cluster.isRunning(1)).isFalse();
    assertThat(cluster.dataDirectory()).doesNotExist();
    assertThatThrownBy(() -> cluster.start(1)).hasMessage("the cluster is closed");
  }

  @Test
  void aNodesOwnDirectoryHoldsItsDataAndOutlivesATemporaryCluster() {
    Path own = data.resolve("own");
    Path shared;
    try (KafkaCluster cluster = KafkaCluster.builder().nodeDirectory(1, own).start()) {
      shared = cluster.dataDirectory();
      assertThat(shared.resolve("node-1")).doesNotExist();
    }

    assertThat(shared).doesNotExist();
    assertThat(own.resolve("meta.properties")).exists();
  }

  @Test
  void anEmbeddedBrokerCanBeStoppedAndStartedWhereItWas() {
    try (KafkaCluster cluster = KafkaCluster.builder().inThisJvm().start();
        Client client = new Client(cluster)) {
      // Given
      client.createTopic("topic");
      client.send("topic", "before");

      // When
      cluster.stop(1);
      boolean ranWhileStopped = cluster.isRunning(1);
      cluster.start(1);

      // Then
      assertThat(ranWhileStopped).isFalse();
      client.send("topic", "after");
      assertThat(client.read("topic", 2)).containsExactly("before", "after");
    }
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> KafkaCluster.builder().firstPort(taken.getLocalPort()).start())
          .isInstanceOf(ClusterException.class)
          .hasMessage(
              "port %d on 127.0.0.1 is in use: stop what listens there, or choose another port",
              taken.getLocalPort());
    }
  }

  @Test
  void aBrokerThatRefusesItsSettingsSaysWhy() {
    KafkaClusterBuilder builder =
        KafkaCluster.builder().dataDirectory(data).property("num.io.threads", "none");

    assertThatThrownBy(builder::start)
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("broker 1 did not start: ")
        .hasMessageContaining("num.io.threads")
        .hasMessageNotContaining("\n");
    assertThat(data.resolve("node-1.log")).exists();
  }

  @Test
  void aJvmThatDoesNotStartSaysWhy() {
    KafkaClusterBuilder builder = KafkaCluster.builder().jvmFlags(List.of("-XX:+NoSuchFlag"));

    assertThatThrownBy(builder::start)
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("broker 1 did not start: ")
        .hasMessageContaining("NoSuchFlag")
        .hasMessageNotContaining("\n");
  }

  @Test
  void absurdSizesAndPortsAreRefused() {
    KafkaClusterBuilder builder = KafkaCluster.builder();

    assertThatThrownBy(() -> builder.brokers(0)).hasMessage("0 brokers: expected 1 to 9");
    assertThatThrownBy(() -> builder.brokers(-1)).hasMessage("-1 brokers: expected 1 to 9");
    assertThatThrownBy(() -> builder.brokers(1000)).hasMessage("1000 brokers: expected 1 to 9");
    assertThatThrownBy(() -> builder.firstPort(70_000))
        .hasMessage("port 70000: expected 0 to 65535 for 1 broker(s)");
    assertThatThrownBy(() -> builder.firstPort(-1))
        .hasMessage("port -1: expected 0 to 65535 for 1 broker(s)");
    assertThatThrownBy(() -> KafkaCluster.builder().firstPort(65_534).brokers(3))
        .hasMessage("port 65534: expected 0 to 65533 for 3 broker(s)");
  }
}
