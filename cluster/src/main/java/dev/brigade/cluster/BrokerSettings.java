package dev.brigade.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The configuration of one node: a broker that starts fast, takes little memory and detects
 * failures soon, on a machine that runs everything else beside it. Durability is Kafka's own:
 * replication, and no forced flush to disk.
 */
final class BrokerSettings {
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final String CLIENT_LISTENER = "PLAINTEXT";

  /** What the cluster decides itself, and a caller therefore cannot set. */
  private static final Set<String> OWN =
      Set.of(
          "process.roles",
          "node.id",
          "broker.id",
          "listeners",
          "advertised.listeners",
          "controller.quorum.voters",
          "controller.quorum.bootstrap.servers",
          "controller.listener.names",
          "inter.broker.listener.name",
          "listener.security.protocol.map",
          "log.dir",
          "log.dirs",
          "metadata.log.dir");

  private BrokerSettings() {}

  /** Refuses a setting that would break the cluster's own promises (ports, data, node ids). */
  static void check(String key, String value) {
    if (OWN.contains(key)) {
      throw new IllegalArgumentException("%s is set by the cluster itself".formatted(key));
    }
    if (key.isBlank() || (key + value).chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("not a broker setting: '%s' = '%s'".formatted(key, value));
    }
  }

  static Properties of(int node, ClusterLayout layout, Path logDir, Map<String, String> overrides) {
    Map<String, String> settings = new LinkedHashMap<>();
    place(settings, node, layout, logDir);
    replicate(settings, layout.brokers());
    detectFailuresSoon(settings);
    takeLittle(settings);
    settings.putAll(overrides);
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  /** Has a node that is called where its settings say listen elsewhere. */
  static void listenAt(Properties settings, int node, ClusterLayout layout) {
    settings.setProperty("advertised.listeners", settings.getProperty("listeners"));
    settings.setProperty("listeners", listeners(node, layout));
  }

  private static String listeners(int node, ClusterLayout layout) {
    return "%s://%s:%d,%s://%s:%d"
        .formatted(
            CLIENT_LISTENER,
            ClusterLayout.HOST,
            layout.clientPort(node),
            CONTROLLER_LISTENER,
            ClusterLayout.HOST,
            layout.controllerPort(node));
  }

  private static void place(
      Map<String, String> settings, int node, ClusterLayout layout, Path logDir) {
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(node));
    settings.put("listeners", listeners(node, layout));
    settings.put("inter.broker.listener.name", CLIENT_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put(
        "listener.security.protocol.map",
        "%s:PLAINTEXT,%s:PLAINTEXT".formatted(CLIENT_LISTENER, CONTROLLER_LISTENER));
    settings.put("controller.quorum.voters", layout.quorumVoters());
    settings.put("log.dirs", logDir.toString());
  }

  private static void replicate(Map<String, String> settings, int brokers) {
    String factor = Integer.toString(Math.min(3, brokers));
    String inSync = brokers >= 3 ? "2" : "1";
    settings.put("default.replication.factor", factor);
    settings.put("min.insync.replicas", inSync);
    settings.put("unclean.leader.election.enable", "false");
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.replication.factor", factor);
    settings.put("transaction.state.log.replication.factor", factor);
    settings.put("transaction.state.log.min.isr", inSync);
    settings.put("share.coordinator.state.topic.replication.factor", factor);
    settings.put("share.coordinator.state.topic.min.isr", inSync);
  }

  /**
   * Session, request and sweep times a local pipeline can be tried with; Kafka's own are for data
   * centres.
   */
  private static void detectFailuresSoon(Map<String, String> settings) {
    settings.put("broker.session.timeout.ms", "9000");
    settings.put("broker.heartbeat.interval.ms", "1000");
    settings.put("request.timeout.ms", "5000");
    settings.put("offsets.commit.timeout.ms", "2000");
    settings.put("controller.quorum.election.timeout.ms", "500");
    settings.put("controller.quorum.election.backoff.max.ms", "500");
    settings.put("replica.lag.time.max.ms", "10000");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.min.session.timeout.ms", "500");
    settings.put("group.consumer.min.session.timeout.ms", "500");
    settings.put("group.consumer.min.heartbeat.interval.ms", "100");
    settings.put("group.consumer.session.timeout.ms", "6000");
    settings.put("group.consumer.heartbeat.interval.ms", "300");
    settings.put("group.streams.initial.rebalance.delay.ms", "0");
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
  }

  private static void takeLittle(Map<String, String> settings) {
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.num.partitions", "4");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("group.coordinator.threads", "1");
    settings.put("group.coordinator.background.threads", "1");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    settings.put("metric.reporters", "");
    settings.put("server.max.startup.time.ms", "60000");
  }
}
