package dev.brigade.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble.VerificationFlag;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * A Kafka broker and controller in this JVM, started once and shut down once.
 *
 * <p>It puts the two servers together itself instead of using Kafka's {@code KafkaRaftServer},
 * whose shutdown waits up to five minutes for a controller quorum: when a whole cluster ends, its
 * last nodes have none.
 */
final class CombinedNode {
  private final ControllerServer controller;
  private final BrokerServer broker;

  /** Formats the node's log directory on first use. */
  CombinedNode(Properties settings, String clusterId, FaultHandlerFactory faults) throws Exception {
    KafkaConfig config = KafkaConfig.fromProps(settings, false);
    Path logDir = Path.of(config.metadataLogDir());
    if (!Files.exists(logDir.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      format(logDir, config.nodeId(), clusterId);
    }
    SharedServer shared = share(config, properties(logDir, config.nodeId(), clusterId), faults);
    this.controller =
        new ControllerServer(
            shared,
            KafkaRaftServer.configSchema(),
            new BootstrapDirectory(logDir.toString()).read());
    this.broker = new BrokerServer(shared);
  }

  private static void format(Path logDir, int nodeId, String clusterId) throws Exception {
    Files.createDirectories(logDir);
    new Formatter()
        .setNodeId(nodeId)
        .setClusterId(clusterId)
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setMetadataLogDirectory(logDir.toString())
        .addDirectory(logDir.toString())
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  private static MetaPropertiesEnsemble properties(Path logDir, int nodeId, String clusterId)
      throws IOException {
    MetaPropertiesEnsemble found =
        new MetaPropertiesEnsemble.Loader().addMetadataLogDir(logDir.toString()).load();
    found.verify(
        Optional.of(clusterId),
        OptionalInt.of(nodeId),
        EnumSet.of(
            VerificationFlag.REQUIRE_AT_LEAST_ONE_VALID,
            VerificationFlag.REQUIRE_METADATA_LOG_DIR));
    return found;
  }

  private static SharedServer share(
      KafkaConfig config, MetaPropertiesEnsemble properties, FaultHandlerFactory faults) {
    QuorumConfig quorum = config.quorumConfig();
    return new SharedServer(
        config,
        properties,
        Time.SYSTEM,
        Server.initializeMetrics(config, Time.SYSTEM, properties.clusterId().orElseThrow()),
        CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
        QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
        faults,
        ServerSocketFactory.INSTANCE);
  }

  /** Returns when the broker has been admitted by the active controller and serves clients. */
  void startup() {
    controller.startup();
    broker.startup();
  }

  /**
   * Lets the broker move its leadership to others and take leave of the controller within the
   * limit, then closes its logs. The controller goes on.
   */
  void handOver(Duration limit) {
    broker.shutdown(limit);
  }

  /** After the broker, the controller: up to five seconds when there is no quorum to take over. */
  void shutdown() {
    controller.shutdown();
  }
}
