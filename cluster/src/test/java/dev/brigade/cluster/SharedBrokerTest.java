package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

@WithKafka
class SharedBrokerTest {
  @Test
  void whatIsProducedIsConsumed(KafkaCluster cluster) {
    // Given
    try (Client client = new Client(cluster)) {
      client.createTopic("shared-broker");

      // When
      client.send("shared-broker", "first");
      client.send("shared-broker", "second");

      // Then
      assertThat(client.read("shared-broker", 2)).containsExactly("first", "second");
    }
  }

  @Test
  void allTestsGetTheSameRunningBroker(KafkaCluster cluster, KafkaCluster again) {
    assertThat(again).isSameAs(cluster);
    assertThat(cluster.nodes()).containsExactly(1);
    assertThat(cluster.isRunning(1)).isTrue();
    assertThat(cluster.pid(1)).isEmpty();
  }

  @Test
  void aBrokerInThisJvmRefusesToBeKilled(KafkaCluster cluster) {
    assertThatThrownBy(() -> cluster.kill(1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("asProcesses()");
    assertThat(cluster.isRunning(1)).isTrue();
  }

  @Test
  void anUnknownNodeIsRefused(KafkaCluster cluster) {
    assertThatThrownBy(() -> cluster.stop(2)).hasMessage("no node 2 in a cluster of nodes 1 to 1");
  }

  @Test
  void aClusterThatIsNotBehindProxiesHasNoNetworkToHarm(KafkaCluster cluster) {
    assertThatThrownBy(cluster::network).hasMessage("this cluster is not behind proxies");
  }
}
