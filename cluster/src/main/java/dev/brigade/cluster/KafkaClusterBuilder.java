package dev.brigade.cluster;

import dev.brigade.cluster.net.Network;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link KafkaCluster} is to be. Confined to one thread; usable for one cluster at a time.
 */
public final class KafkaClusterBuilder {
  /** More brokers than this on one machine is a slip of the finger, not a wish. */
  public static final int MOST_BROKERS = 9;

  private static final int HIGHEST_PORT = 65_535;
  private static final int TRIES_FOR_FREE_PORTS = 3;

  private int brokers = 1;
  private int firstPort;
  private boolean processes = true;
  private @Nullable Path dataDirectory;
  private List<String> jvmFlags = List.of();
  private @Nullable Long networkSeed;
  private final Map<Integer, Path> nodeDirectories = new HashMap<>();
  private final Map<String, String> properties = new LinkedHashMap<>();

  KafkaClusterBuilder() {}

  /** How many nodes, 1 to {@value #MOST_BROKERS}; 3 survive the loss of one. */
  public KafkaClusterBuilder brokers(int count) {
    if (count < 1 || count > MOST_BROKERS) {
      throw new IllegalArgumentException(
          "%d brokers: expected 1 to %d".formatted(count, MOST_BROKERS));
    }
    this.brokers = count;
    checkPorts();
    return this;
  }

  /** Every node a process of its own, which can be killed and frozen: the default. */
  public KafkaClusterBuilder asProcesses() {
    this.processes = true;
    return this;
  }

  /** Every node in this JVM: no process to start, for tests that harm no broker. */
  public KafkaClusterBuilder inThisJvm() {
    this.processes = false;
    return this;
  }

  /** Data that survives; created when missing. */
  public KafkaClusterBuilder dataDirectory(Path directory) {
    this.dataDirectory = directory;
    return this;
  }

  /** Data that is deleted with the cluster: the default. */
  public KafkaClusterBuilder temporary() {
    this.dataDirectory = null;
    return this;
  }

  /**
   * One node's data in a directory of its own: on a disk that the caller made for it, say. It stays
   * when the cluster ends, also if the cluster is {@link #temporary}.
   */
  public KafkaClusterBuilder nodeDirectory(int node, Path directory) {
    nodeDirectories.put(node, directory.toAbsolutePath());
    return this;
  }

  /** Node 1 serves clients on this port, the next nodes on the following ones; 0: any free port. */
  public KafkaClusterBuilder firstPort(int port) {
    this.firstPort = port;
    checkPorts();
    return this;
  }

  private void checkPorts() {
    int highest = HIGHEST_PORT - brokers + 1;
    if (firstPort < 0 || firstPort > highest) {
      throw new IllegalArgumentException(
          "port %d: expected 0 to %d for %d broker(s)".formatted(firstPort, highest, brokers));
    }
  }

  /** A broker setting for all nodes, instead of the cluster's own choice. */
  public KafkaClusterBuilder property(String key, String value) {
    BrokerSettings.check(key, value);
    properties.put(key, value);
    return this;
  }

  /** JVM flags of broker processes, after (thus over) the default ones. */
  public KafkaClusterBuilder jvmFlags(List<String> flags) {
    this.jvmFlags = List.copyOf(flags);
    return this;
  }

  /**
   * Puts a proxy before every listener, see {@link KafkaCluster#network}. Everybody, the nodes too,
   * calls the proxies' ports; {@link #firstPort} is the first proxy's.
   *
   * @param seed of all chance in what the network does
   */
  public KafkaClusterBuilder behindProxies(long seed) {
    this.networkSeed = seed;
    return this;
  }

  /**
   * Starts all nodes and returns when every one serves clients.
   *
   * @throws ClusterException when a port is taken, the data directory cannot be used or a node does
   *     not start; nothing is left running then
   */
  public KafkaCluster start() {
    for (int attempt = 1; ; attempt++) {
      try {
        return startOnce();
      } catch (PortInUseException e) {
        if (firstPort != 0 || attempt == TRIES_FOR_FREE_PORTS) {
          throw e;
        }
      }
    }
  }

  private KafkaCluster startOnce() {
    LoopbackPorts ports = new LoopbackPorts(new Random());
    ClusterLayout layout = layout(ports, firstPort);
    ClusterLayout behind = networkSeed == null ? layout : layout(ports, 0);
    DataDirectory directory =
        dataDirectory == null
            ? DataDirectory.temporary(brokers)
            : DataDirectory.at(dataDirectory, brokers);
    List<BrokerNode> nodes = new ArrayList<>();
    for (int id = 1; id <= brokers; id++) {
      nodes.add(node(id, layout, behind, directory));
    }
    KafkaCluster cluster =
        new KafkaCluster(layout, directory, nodes, network(layout, behind, directory));
    cluster.startAll();
    return cluster;
  }

  private ClusterLayout layout(LoopbackPorts ports, int first) {
    List<Integer> clientPorts = new ArrayList<>();
    List<Integer> controllerPorts = new ArrayList<>();
    for (int i = 0; i < brokers; i++) {
      clientPorts.add(first == 0 ? ports.next() : ports.take(first + i));
    }
    for (int i = 0; i < brokers; i++) {
      controllerPorts.add(ports.next());
    }
    return new ClusterLayout(clientPorts, controllerPorts);
  }

  /** Where it cannot be, the directory is let go. */
  private @Nullable Network network(
      ClusterLayout layout, ClusterLayout behind, DataDirectory directory) {
    try {
      return networkSeed == null ? null : Network.open(networkSeed, layout.before(behind));
    } catch (IOException e) {
      directory.close();
      throw e instanceof BindException
          ? new PortInUseException("a port on %s is in use".formatted(ClusterLayout.HOST))
          : new ClusterException("no network: " + e.getMessage(), e);
    }
  }

  private BrokerNode node(
      int id, ClusterLayout layout, ClusterLayout behind, DataDirectory directory) {
    Path data = nodeDirectories.getOrDefault(id, directory.node(id));
    Properties settings = BrokerSettings.of(id, layout, data, properties);
    if (networkSeed != null) {
      BrokerSettings.listenAt(settings, id, behind);
    }
    return processes
        ? new BrokerProcess(id, settings, directory, jvmFlags)
        : new EmbeddedBroker(settings, directory.clusterId());
  }
}
