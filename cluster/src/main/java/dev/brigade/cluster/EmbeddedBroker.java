package dev.brigade.cluster;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;

/** A node in this JVM. Its methods exclude each other: the servers stand no stop while starting. */
final class EmbeddedBroker implements BrokerNode {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  private final Properties settings;
  private final String clusterId;
  private @Nullable CombinedNode running;

  EmbeddedBroker(Properties settings, String clusterId) {
    this.settings = settings;
    this.clusterId = clusterId;
  }

  @Override
  public synchronized void start() {
    if (running != null) {
      throw new IllegalStateException("the broker runs already");
    }
    try {
      CombinedNode node =
          new CombinedNode(
              settings,
              clusterId,
              // Kafka's standard handler would end this JVM, which is not the broker's own.
              (name, fatal, action) -> new LoggingFaultHandler(name, action));
      running = node;
      node.startup();
    } catch (Exception e) {
      stop(Duration.ZERO); // or the half that did start would keep its port and its thread

      throw StartFailure.of(e).asException("broker in this JVM", e);
    }
  }

  @Override
  public synchronized void stop(Duration limit) {
    if (running != null) {
      running.handOver(limit);
      running.shutdown();
      running = null;
    }
  }

  @Override
  public synchronized void handOver() {
    if (running != null) {
      running.handOver(CLOSE_LIMIT);
    }
  }

  @Override
  public void close() {
    stop(CLOSE_LIMIT);
  }

  @Override
  public synchronized boolean isRunning() {
    return running != null;
  }
}
