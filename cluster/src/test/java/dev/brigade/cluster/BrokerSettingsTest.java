package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.cluster.net.Link;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerSettingsTest {
  private static final ClusterLayout ONE = new ClusterLayout(List.of(9092), List.of(9093));

  @Test
  void everySettingIsOneThatTheBrokerKnows() {
    Properties settings = BrokerSettings.of(1, ONE, Path.of("data"), Map.of());

    assertThat(KafkaConfig.configDef().names()).containsAll(settings.stringPropertyNames());
  }

  @Test
  void nodesListenOnLoopbackAndVoteForEachOther() {
    ClusterLayout three = new ClusterLayout(List.of(1001, 1002, 1003), List.of(2001, 2002, 2003));

    Properties settings = BrokerSettings.of(2, three, Path.of("data"), Map.of());

    assertThat(settings)
        .containsEntry("listeners", "PLAINTEXT://127.0.0.1:1002,CONTROLLER://127.0.0.1:2002")
        .containsEntry(
            "controller.quorum.voters", "1@127.0.0.1:2001,2@127.0.0.1:2002,3@127.0.0.1:2003");
    assertThat(three.bootstrapServers()).isEqualTo("127.0.0.1:1001,127.0.0.1:1002,127.0.0.1:1003");
  }

  @Test
  void aNodeBehindProxiesIsCalledThere() {
    ClusterLayout called = new ClusterLayout(List.of(1001, 1002), List.of(2001, 2002));
    ClusterLayout behind = new ClusterLayout(List.of(3001, 3002), List.of(4001, 4002));
    Properties settings = BrokerSettings.of(2, called, Path.of("data"), Map.of());

    BrokerSettings.listenAt(settings, 2, behind);

    assertThat(settings)
        .containsEntry("listeners", "PLAINTEXT://127.0.0.1:3002,CONTROLLER://127.0.0.1:4002")
        .containsEntry(
            "advertised.listeners", "PLAINTEXT://127.0.0.1:1002,CONTROLLER://127.0.0.1:2002")
        .containsEntry("controller.quorum.voters", "1@127.0.0.1:2001,2@127.0.0.1:2002");
    assertThat(called.before(behind))
        .containsExactly(
            new Link(1, 1001, 3001),
            new Link(1, 2001, 4001),
            new Link(2, 1002, 3002),
            new Link(2, 2002, 4002));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "2,2,1", "3,3,2", "5,3,2"})
  void replicasFollowTheNumberOfBrokers(int brokers, String factor, String inSync) {
    List<Integer> ports = java.util.stream.IntStream.range(0, brokers).boxed().toList();

    Properties settings =
        BrokerSettings.of(1, new ClusterLayout(ports, ports), Path.of("data"), Map.of());

    assertThat(settings)
        .containsEntry("default.replication.factor", factor)
        .containsEntry("offsets.topic.replication.factor", factor)
        .containsEntry("transaction.state.log.replication.factor", factor)
        .containsEntry("share.coordinator.state.topic.replication.factor", factor)
        .containsEntry("min.insync.replicas", inSync)
        .containsEntry("transaction.state.log.min.isr", inSync)
        .containsEntry("share.coordinator.state.topic.min.isr", inSync);
  }

  /**
   * A marker of a transaction may be on its way to a broker that is cut off, and a coordinator that
   * is cut off tells nobody until it gives a commit up.
   */
  @Test
  void brokersGiveUpWhatWaitsForOthersBeforeADeadOneIsFound() {
    Properties settings = BrokerSettings.of(1, ONE, Path.of("data"), Map.of());

    int session = millis(settings, "broker.session.timeout.ms");
    assertThat(millis(settings, "request.timeout.ms")).isLessThan(session);
    assertThat(millis(settings, "offsets.commit.timeout.ms")).isLessThan(session / 2);
  }

  private static int millis(Properties settings, String key) {
    return Integer.parseInt(settings.getProperty(key));
  }

  @Test
  void aCallersSettingWins() {
    assertThat(BrokerSettings.of(1, ONE, Path.of("data"), Map.of("num.io.threads", "7")))
        .containsEntry("num.io.threads", "7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"node.id", "listeners", "log.dirs", "controller.quorum.voters", "", "a\nb"})
  void whatWouldBreakTheClusterIsRefused(String key) {
    assertThatThrownBy(() -> BrokerSettings.check(key, "1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
