package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Kitchen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server by itself: what it answers to whom. */
class MetricsServerTest {
  private final WorkerMetrics metrics = new WorkerMetrics(new Kitchen("kitchen"), "w-1");
  private MetricsServer server = open("127.0.0.1");
  private String url = server.url();

  private MetricsServer open(String bind) {
    try {
      return MetricsServer.open(
          new InetSocketAddress(InetAddress.getByName(bind), 0), bind, metrics);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void reopen(String bind) {
    server.close();
    server = open(bind);
    url = "http://127.0.0.1:" + URI.create(server.url()).getPort();
  }

  @AfterEach
  void close() {
    server.close();
    metrics.close();
  }

  @Test
  void prometheusTextIsTheDefaultAndOpenMetricsIsThereForWhoAsks() {
    RawHttp.Answer text = RawHttp.get(url, "/metrics");
    assertThat(text.status()).isEqualTo(200);
    assertThat(text.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(text.body()).contains("# TYPE brigade_orders_dead_total counter");
    RawHttp.Answer open =
        RawHttp.send(
            url,
            "GET /metrics HTTP/1.1\r\nHost: localhost\r\n"
                + "Accept: application/openmetrics-text;version=1.0.0,text/plain;q=0.3\r\n");
    assertThat(open.header("Content-Type"))
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(open.body()).endsWith("# EOF\n");
  }

  @Test
  void everyAnswerForbidsWhatABrowserMightMakeOfIt() {
    for (String path : List.of("/metrics", "/health/live", "/nothing")) {
      RawHttp.Answer answer = RawHttp.get(url, path);
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
      assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void headIsGetWithoutTheBody() {
    RawHttp.Answer answer = RawHttp.send(url, "HEAD /health/live HTTP/1.1\r\nHost: localhost\r\n");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Content-Length"))
        .isEqualTo(Integer.toString(RawHttp.get(url, "/health/live").body().length()));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /metrics, 405",
    "PUT, /health/ready, 405",
    "OPTIONS, /metrics, 405",
    "TRACE, /metrics, 405",
    "GET, /, 404",
    "GET, /metrics/, 404",
    "GET, /Metrics, 404",
    "GET, /health, 404",
    "GET, /health/../metrics, 404",
    "GET, /health/%2e%2e/metrics, 404",
    "GET, //metrics, 404",
    "GET, /metrics%00, 404",
    "GET, /metrics?x=1, 200",
  })
  void whatIsNotThereIsRefused(String method, String path, int status) {
    RawHttp.Answer answer =
        RawHttp.send(url, method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    assertThat(answer.status()).isEqualTo(status);
    if (status == 405) {
      assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
    }
  }

  @Test
  void aLongUriIsRefusedAndAnEndlessOneCutOff() throws IOException {
    String path = "/metrics?" + "x".repeat(RequestGuard.MAX_URI_CHARS);
    assertThat(RawHttp.get(url, path).status()).isEqualTo(414);
    try (Socket socket = RawHttp.connect(url)) {
      String line = "GET /" + "x".repeat(1_000_000);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 50; i++) {
                  RawHttp.write(socket, line);
                }
              })
          .isInstanceOf(SocketException.class);
    }
    assertThat(RawHttp.get(url, "/health/live").status()).isEqualTo(200);
  }

  @Test
  void aBodyIsNotTaken() {
    RawHttp.Answer answer =
        RawHttp.send(url, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999\r\n");
    assertThat(answer.status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:9400", "localhost:65535"})
  void thisMachineMayBeCalledByItsNames(String host) {
    assertThat(withHost("Host: " + host + "\r\n").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: localhost@evil.example\r\n",
        "Host: 127.0.0.1:x\r\n",
        "Host: 127.0.0.2\r\n",
        "Host: [::1]\r\n",
        "Host:\r\n",
        "",
        "Host: localhost\r\nHost: evil.example\r\n"
      })
  void onLoopbackAnotherHostIsMisdirected(String header) {
    assertThat(withHost(header).status()).isEqualTo(421);
  }

  @Test
  void onOtherAddressesAnyHostIsServed() {
    reopen("0.0.0.0");
    assertThat(withHost("Host: worker-7.example\r\n").status()).isEqualTo(200);
  }

  @Test
  void theNameItIsBoundByIsItsHostToo() throws IOException {
    reopen("localhost");
    assertThat(withHost("Host: localhost:1\r\n").status()).isEqualTo(200);
    assertThat(withHost("Host: evil.example\r\n").status()).isEqualTo(421);
    assertThat(RequestGuard.literal(InetAddress.getByName("::1"))).isEqualTo("[::1]");
  }

  private RawHttp.Answer withHost(String header) {
    return RawHttp.send(url, "GET /metrics HTTP/1.1\r\n" + header);
  }

  @Test
  void halfSentRequestsAreClosedAndTheOthersServed() throws IOException {
    // Given more requests without an end than there are threads
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Socket socket = RawHttp.connect(url);
      RawHttp.write(socket, "GET /metrics HTTP/1.1\r\nHost: loc");
      slow.add(socket);
    }
    // When somebody else asks
    RawHttp.Answer answer = RawHttp.get(url, "/health/live");
    // Then it is served, because the server closes the others (a read that times out fails)
    assertThat(answer.status()).isEqualTo(200);
    for (Socket socket : slow) {
      try (socket) {
        assertThat(isClosedByTheServer(socket)).isTrue();
      }
    }
  }

  private static boolean isClosedByTheServer(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void manyScrapeAtOnce() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(12);
    List<Future<Integer>> statuses = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      statuses.add(clients.submit(() -> RawHttp.get(url, "/metrics").status()));
    }
    for (Future<Integer> status : statuses) {
      assertThat(status.get()).isEqualTo(200);
    }
    clients.shutdown();
  }

  @Test
  void aPortInUseIsSaidInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      InetSocketAddress address = new InetSocketAddress("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> MetricsServer.open(address, "127.0.0.1", metrics))
          .isInstanceOf(CommandFailure.class)
          .hasMessage(
              "--metrics-port: cannot listen at 127.0.0.1:"
                  + taken.getLocalPort()
                  + " (Address already in use); choose another port or --metrics-bind, or port 0"
                  + " for any that is free");
    }
  }

  @Test
  void onceClosedNeitherItsPortNorItsThreadsAreThere() throws IOException {
    RawHttp.get(url, "/metrics");
    assertThat(threads()).isNotEmpty();
    close();
    int port = URI.create(url).getPort();
    try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(again.getLocalPort()).isEqualTo(port);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(
            name ->
                name.matches(
                    "metrics-(http|refresh).*|HTTP-Dispatcher|micrometer-.*|server-timer.*"))
        .toList();
  }
}
