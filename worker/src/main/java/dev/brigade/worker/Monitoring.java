package dev.brigade.worker;

import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.Json;
import dev.brigade.orders.Kitchen;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A worker's metrics and the server that tells them; nothing of both unless asked for. Confined to
 * one thread.
 */
final class Monitoring implements AutoCloseable {
  private final Kitchen kitchen;
  private final String workerId;
  private @Nullable WorkerMetrics metrics;
  private final @Nullable MetricsServer server;

  private Monitoring(
      Kitchen kitchen,
      String workerId,
      @Nullable WorkerMetrics metrics,
      @Nullable MetricsServer server) {
    this.kitchen = kitchen;
    this.workerId = workerId;
    this.metrics = metrics;
    this.server = server;
  }

  /**
   * Listens from now on: not ready, until a worker is attached and joins its group.
   *
   * @throws dev.brigade.orders.CommandFailure if it cannot listen where the options say
   */
  static Monitoring open(MetricsOptions options, Kitchen kitchen, String workerId) {
    InetSocketAddress address = options.address();
    if (address == null) {
      return new Monitoring(kitchen, workerId, null, null);
    }
    WorkerMetrics metrics = new WorkerMetrics(kitchen, workerId);
    try {
      return new Monitoring(
          kitchen, workerId, metrics, MetricsServer.open(address, options.bind(), metrics));
    } catch (RuntimeException e) {
      metrics.close();
      throw e;
    }
  }

  /** Says where, for a port of 0 is not known before. */
  void announce(CommonOptions options, PrintWriter out) {
    if (server != null) {
      String url = server.url() + MetricsServer.METRICS;
      out.println(options.json() ? Json.writeText(Map.of("metrics", url)) : "metrics at " + url);
    }
  }

  Watch watch() {
    return metrics == null ? Watch.NOBODY : metrics;
  }

  /** For another worker in this process: all that was counted begins at 0, as in a new process. */
  void renew() {
    if (metrics != null && server != null) {
      WorkerMetrics before = metrics;
      metrics = new WorkerMetrics(kitchen, workerId);
      server.show(metrics);
      before.close();
    }
  }

  void attach(Worker worker) {
    if (metrics != null) {
      worker.showClients(metrics);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (metrics != null) {
      metrics.close();
    }
  }
}
