package dev.brigade.cluster;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * One node of a cluster, which can be started again on its old ports and data after it has ended.
 * Calls come one at a time, but for {@link #close()}, which may overlap any of them.
 */
interface BrokerNode {
  /** Returns when the node serves clients; throws {@link ClusterException} when it cannot. */
  void start();

  /** Moves leadership away within the limit, then ends; returns when the node has ended. */
  void stop(Duration limit);

  /**
   * Takes leave of the controller while there still is one, so that the broker's next start need
   * not wait for the old session to expire; the node's controller stays. For a whole cluster's end.
   */
  void handOver();

  /** Ends the node for good. */
  void close();

  boolean isRunning();

  /** The id of the process that the node has for itself, while it runs. */
  default OptionalLong pid() {
    return OptionalLong.empty();
  }

  default void kill() {
    throw needsProcess("killed");
  }

  default void freeze() {
    throw needsProcess("frozen");
  }

  default void thaw() {
    throw needsProcess("thawed");
  }

  private static UnsupportedOperationException needsProcess(String what) {
    return new UnsupportedOperationException(
        "a broker in this JVM cannot be %s: start the cluster asProcesses()".formatted(what));
  }
}
