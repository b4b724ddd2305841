package dev.brigade.worker;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are answered. On a loopback address the request must name this machine as its
 * host: a web page elsewhere could point a name of its own at 127.0.0.1 and have its reader's
 * browser fetch from here, but the browser then names the page's host. Thread-safe.
 */
final class RequestGuard {
  static final int MAX_URI_CHARS = 2_048;

  private static final Pattern HOST = Pattern.compile("(\\[[^]]*]|[^:]*)(?::\\d{1,5})?");
  private static final Set<String> PATHS =
      Set.of(MetricsServer.METRICS, MetricsServer.LIVE, MetricsServer.READY);
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** Why a request is not answered, and the status that says so. */
  record Refusal(int status, String why) {}

  private final boolean checksHost;
  private final Set<String> hosts;

  /**
   * @param address where the server listens
   * @param bind the same as the user wrote it
   */
  RequestGuard(InetAddress address, String bind) {
    this.checksHost = address.isLoopbackAddress();
    this.hosts = Set.copyOf(List.of("localhost", literal(address), bind.toLowerCase(Locale.ROOT)));
  }

  /** As in a URL: {@code 127.0.0.1}, {@code [::1]}. */
  static String literal(InetAddress address) {
    String literal = address.getHostAddress();
    if (!literal.contains(":")) {
      return literal;
    }
    return address.isLoopbackAddress() ? "[::1]" : "[" + literal + "]";
  }

  /** Null if the request is to be answered. */
  @Nullable Refusal refusal(HttpExchange exchange) {
    if (exchange.getRequestURI().toString().length() > MAX_URI_CHARS) {
      return new Refusal(414, "longer than " + MAX_URI_CHARS + " characters");
    }
    if (checksHost && !namesThisHost(exchange.getRequestHeaders().get("Host"))) {
      return new Refusal(421, "the Host must be one of " + String.join(", ", sortedHosts()));
    }
    if (!PATHS.contains(String.valueOf(exchange.getRequestURI().getRawPath()))) {
      return new Refusal(404, "there is " + String.join(", ", PATHS.stream().sorted().toList()));
    }
    if (!METHODS.contains(exchange.getRequestMethod())) {
      return new Refusal(405, "only GET and HEAD");
    }
    if (hasBody(exchange)) {
      return new Refusal(413, "no body is taken");
    }
    return null;
  }

  private List<String> sortedHosts() {
    return hosts.stream().sorted().toList();
  }

  private boolean namesThisHost(@Nullable List<String> named) {
    if (named == null || named.size() != 1) {
      return false;
    }
    Matcher host = HOST.matcher(named.get(0).toLowerCase(Locale.ROOT));
    return host.matches() && hosts.contains(host.group(1));
  }

  private static boolean hasBody(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return exchange.getRequestHeaders().containsKey("Transfer-Encoding")
        || (length != null && !length.equals("0"));
  }
}
