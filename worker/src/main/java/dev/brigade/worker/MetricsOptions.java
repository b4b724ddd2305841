package dev.brigade.worker;

import dev.brigade.orders.CommandFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a worker tells its metrics and health, if anywhere. */
final class MetricsOptions {
  private static final String DEFAULT_BIND = "127.0.0.1";

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serve /metrics, /health/live and /health/ready over HTTP on this port; 0 takes a free "
              + "one and prints it (default: not served).")
  @Nullable Integer port;

  @Option(
      names = "--metrics-bind",
      paramLabel = "ADDRESS",
      description = "The address they are served at (default: " + DEFAULT_BIND + ").")
  @Nullable String bind;

  /** The address as it was given. */
  String bind() {
    return bind == null ? DEFAULT_BIND : bind;
  }

  /**
   * Where to listen, if metrics are served.
   *
   * @throws CommandFailure if there is no such address
   */
  @Nullable InetSocketAddress address() {
    if (port == null) {
      if (bind != null) {
        throw CommandFailure.usage("--metrics-bind says where, but --metrics-port is missing");
      }
      return null;
    }
    if (port < 0 || port > 65_535) {
      throw CommandFailure.usage("--metrics-port must be 0 to 65535, but is " + port);
    }
    return new InetSocketAddress(resolved(bind()), port);
  }

  private static InetAddress resolved(String bind) {
    try {
      if (!bind.isBlank()) {
        return InetAddress.getByName(bind);
      }
    } catch (UnknownHostException e) {
      // Said below, in the same words.
    }
    throw CommandFailure.usage("--metrics-bind '" + bind + "' is no address that is known here");
  }
}
