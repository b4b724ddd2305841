package dev.brigade.worker;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a worker's metrics and health over HTTP: reads only, and nothing of an order but its dish.
 * Served by threads of its own, at most one per connection, gone when nobody asks.
 */
final class MetricsServer implements AutoCloseable {
  static final String METRICS = "/metrics";
  static final String LIVE = "/health/live";
  static final String READY = "/health/ready";

  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

  /**
   * Also how many threads there may be: a request that waited for one behind half-sent requests
   * would run out of time with them.
   */
  private static final int MAX_CONNECTIONS = 64;

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  static {
    // The JDK's server knows its limits for the whole process only, and looks once.
    limit("sun.net.httpserver.maxReqTime", 5);
    limit("sun.net.httpserver.maxRspTime", 10);
    limit("sun.net.httpserver.maxReqHeaders", 100);
    limit("sun.net.httpserver.maxReqHeaderSize", 32 * 1024);
    limit("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
  }

  /** An answer with its body. */
  private record Reply(int status, String contentType, byte[] body) {
    static Reply json(int status, Object body) {
      return new Reply(status, JSON, Json.write(body));
    }
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final RequestGuard guard;
  private volatile WorkerMetrics metrics;

  private MetricsServer(HttpServer server, RequestGuard guard, WorkerMetrics metrics) {
    this.server = server;
    this.guard = guard;
    this.metrics = metrics;
    AtomicInteger count = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            MAX_CONNECTIONS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "metrics-http-" + count.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * @param bind the address as the user wrote it, which a client may name as its host
   * @throws CommandFailure if it cannot listen there
   */
  static MetricsServer open(InetSocketAddress address, String bind, WorkerMetrics metrics) {
    HttpServer http;
    try {
      http = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw CommandFailure.usage(
          "--metrics-port: cannot listen at "
              + hostAndPort(address)
              + " ("
              + e.getMessage()
              + "); choose another port or --metrics-bind, or port 0 for any that is free");
    }
    MetricsServer server =
        new MetricsServer(http, new RequestGuard(address.getAddress(), bind), metrics);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /** From now on it tells of these. */
  void show(WorkerMetrics others) {
    metrics = others;
  }

  /** Where it listens: {@code http://127.0.0.1:9400}. */
  String url() {
    return "http://" + hostAndPort(server.getAddress());
  }

  private static String hostAndPort(InetSocketAddress address) {
    return RequestGuard.literal(address.getAddress()) + ":" + address.getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = answer(exchange);
      } catch (RuntimeException e) {
        LOG.warn("could not answer {}: {}", exchange.getRequestURI(), e.toString());
        reply = Reply.json(500, Map.of("error", "the worker's log says what went wrong"));
      }
      send(exchange, reply);
    }
  }

  private Reply answer(HttpExchange exchange) {
    RequestGuard.Refusal refusal = guard.refusal(exchange);
    if (refusal != null) {
      return Reply.json(refusal.status(), Map.of("error", refusal.why()));
    }
    return switch (exchange.getRequestURI().getRawPath()) {
      case METRICS -> metrics(exchange.getRequestHeaders().getFirst("Accept"));
      case LIVE -> health(metrics.health().live());
      default -> health(metrics.health().ready());
    };
  }

  private Reply metrics(@Nullable String accept) {
    String type =
        accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    return new Reply(200, type, metrics.scrape(type).getBytes(StandardCharsets.UTF_8));
  }

  private static Reply health(Health.State state) {
    return Reply.json(state.isUp() ? 200 : 503, state);
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.contentType());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (reply.status() == 405) {
      headers.set("Allow", "GET, HEAD");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(reply.body().length));
      exchange.sendResponseHeaders(reply.status(), -1);
    } else {
      exchange.sendResponseHeaders(reply.status(), reply.body().length);
      exchange.getResponseBody().write(reply.body());
    }
  }

  private static void limit(String property, long value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Long.toString(value));
    }
  }

  /** Stops listening and cuts what is being answered short. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
