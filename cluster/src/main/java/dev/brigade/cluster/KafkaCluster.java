package dev.brigade.cluster;

import dev.brigade.cluster.net.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka cluster on this machine's loopback interface: combined broker and controller nodes,
 * each a voter of the others, numbered from 1.
 *
 * <p>What a caller may rely on:
 *
 * <ul>
 *   <li>Every node keeps its ports and its data for the life of this object, so that a client finds
 *       a restarted node where it was.
 *   <li>No broker process outlives this JVM, however this JVM ends.
 *   <li>A temporary data directory is gone after {@link #close()} or the end of this JVM; a given
 *       one keeps its data and its cluster id for the next cluster of the same size.
 * </ul>
 *
 * <p>Methods may be called from any thread, but not two at once for the same node; {@link #close()}
 * may be called at any time, and again.
 */
public final class KafkaCluster implements AutoCloseable {
  private static final Duration CLEAN_STOP_LIMIT = Duration.ofSeconds(30);

  private final ClusterLayout layout;
  private final DataDirectory directory;
  private final List<BrokerNode> nodes;
  private final @Nullable Network network;
  private final Thread closeAtExit = new Thread(this::close, "close-kafka-cluster");
  private volatile boolean closed;

  KafkaCluster(
      ClusterLayout layout,
      DataDirectory directory,
      List<BrokerNode> nodes,
      @Nullable Network network) {
    this.layout = layout;
    this.directory = directory;
    this.nodes = List.copyOf(nodes);
    this.network = network;
  }

  /** One broker process on a free port with a temporary data directory, unless told otherwise. */
  public static KafkaClusterBuilder builder() {
    return new KafkaClusterBuilder();
  }

  /** All nodes' addresses, {@code host:port} separated by commas, whether they run or not. */
  public String bootstrapServers() {
    return layout.bootstrapServers();
  }

  /** The id the cluster got when its data directory was first used. */
  public String clusterId() {
    return directory.clusterId();
  }

  /** Where the nodes keep their data and broker processes their logs. */
  public Path dataDirectory() {
    return directory.path();
  }

  /** The log of a broker process: warnings and errors, appended to by every start. */
  public Path log(int node) {
    node(node);
    return directory.log(node);
  }

  /** The node ids, 1 to the number of brokers. */
  public List<Integer> nodes() {
    return IntStream.rangeClosed(1, nodes.size()).boxed().toList();
  }

  /** The broker process's id; empty when the node does not run, or runs in this JVM. */
  public OptionalLong pid(int node) {
    return node(node).pid();
  }

  /** Whether the node was started and has not ended since, by itself or by a caller. */
  public boolean isRunning(int node) {
    return node(node).isRunning();
  }

  /** Starts a stopped or killed node on its old ports and data; returns when it serves clients. */
  public void start(int node) {
    if (closed) {
      throw new IllegalStateException("the cluster is closed");
    }
    node(node).start();
  }

  /** Stops a node cleanly: its partitions' leadership moves first. Returns when it has ended. */
  public void stop(int node) {
    node(node).stop(CLEAN_STOP_LIMIT);
  }

  /** Ends a node with SIGKILL, as a crash does. Broker processes only. */
  public void kill(int node) {
    node(node).kill();
  }

  /** Halts a node with SIGSTOP: connections stay open, nothing is answered. Processes only. */
  public void freeze(int node) {
    node(node).freeze();
  }

  /** Lets a frozen node go on with SIGCONT. Broker processes only. */
  public void thaw(int node) {
    node(node).thaw();
  }

  /**
   * Through which clients and nodes reach the nodes; it is closed with the cluster.
   *
   * @throws IllegalStateException unless it was built {@link KafkaClusterBuilder#behindProxies}
   */
  public Network network() {
    if (network == null) {
      throw new IllegalStateException("this cluster is not behind proxies");
    }
    return network;
  }

  /** Ends every node and deletes a temporary data directory. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!directory.isTemporary()) {
      Concurrently.forEach(nodes, BrokerNode::handOver);
    }
    Concurrently.forEach(nodes, BrokerNode::close);
    if (network != null) {
      network.close();
    }
    directory.close();
    forget(closeAtExit);
  }

  /** Starts all nodes at once, since none is ready before most of them are. */
  void startAll() {
    try {
      Runtime.getRuntime().addShutdownHook(closeAtExit);
      Concurrently.forEach(nodes, BrokerNode::start);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This JVM is ending already; the hook finds the cluster closed and does nothing.
    }
  }

  private BrokerNode node(int id) {
    if (id < 1 || id > nodes.size()) {
      throw new IllegalArgumentException(
          "no node %d in a cluster of nodes 1 to %d".formatted(id, nodes.size()));
    }
    return nodes.get(id - 1);
  }
}
