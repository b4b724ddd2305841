package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A port that was free when it was chosen and is taken when the broker wants it. */
class TakenPortTest {
  /** A broker is registered before it binds; the next one has to wait for the session's end. */
  private static final Map<String, String> SHORT_SESSION =
      Map.of("broker.session.timeout.ms", "1000", "broker.heartbeat.interval.ms", "200");

  @BeforeAll
  static void keepTheBrokersQuiet() {
    BrokerNoise.lower();
  }

  @Test
  void aBrokerInThisJvmSaysSoAndStartsOnceThePortIsFree() throws IOException {
    assertSaysSoAndStartsOnceThePortIsFree(
        (settings, directory) -> new EmbeddedBroker(settings, directory.clusterId()));
  }

  @Test
  void aBrokerProcessSaysSoAndStartsOnceThePortIsFree() throws IOException {
    assertSaysSoAndStartsOnceThePortIsFree(
        (settings, directory) -> new BrokerProcess(1, settings, directory, List.of()));
  }

  private static void assertSaysSoAndStartsOnceThePortIsFree(
      BiFunction<Properties, DataDirectory, BrokerNode> factory) throws IOException {
    LoopbackPorts ports = new LoopbackPorts(new Random());
    ClusterLayout layout = new ClusterLayout(List.of(ports.next()), List.of(ports.next()));
    try (DataDirectory directory = DataDirectory.temporary(1)) {
      // Given
      Properties settings = BrokerSettings.of(1, layout, directory.node(1), SHORT_SESSION);
      BrokerNode broker = factory.apply(settings, directory);

      // When
      try (ServerSocket taken =
          new ServerSocket(layout.clientPort(1), 1, InetAddress.getLoopbackAddress())) {
        assertThatThrownBy(broker::start)
            .isInstanceOf(PortInUseException.class)
            .hasMessageContaining("" + taken.getLocalPort());
      }

      // Then
      assertThat(broker.isRunning()).isFalse();
      broker.start();
      assertThat(broker.isRunning()).isTrue();
      broker.close();
    }
  }
}
