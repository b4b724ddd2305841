package dev.brigade.cluster.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final Route OF_A = Route.from(Caller.client("a"));
  private static final Route ALL = Route.from(Caller.anyone());

  private EchoNode node;
  private Network network;
  private int port;

  @BeforeEach
  void open() throws IOException {
    node = new EchoNode();
    port = freePort();
    network = Network.open(7, List.of(new Link(1, port, node.port())));
  }

  @AfterEach
  void close() throws IOException {
    network.close();
    node.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitHits(Rule rule, long connections, long bytes) {
    await().until(() -> rule.hits().equals(new Rule.Hits(connections, bytes)));
  }

  @Test
  void passesBytesUnalteredBothWays() throws Exception {
    try (TestCaller caller = new TestCaller(port)) {
      byte[] bytes = new byte[20_000_000];
      new Random(1).nextBytes(bytes);
      bytes[0] = 'x'; // no Kafka

      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  caller.send(bytes);
                  caller.end();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });

      assertThat(caller.receive(bytes.length)).isEqualTo(bytes);
      assertThat(caller.next()).isEqualTo(-1);
      sent.join();
    }
  }

  @Test
  void aCallerThatDoesNotReadMakesTheNodeWait() throws Exception {
    try (TestCaller caller = TestCaller.of(port, "a")) {
      byte[] bytes = new byte[40_000_000];
      new Random(2).nextBytes(bytes);
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  caller.send(bytes);
                } catch (IOException e) {
                  // Ended by the test.
                }
              });

      // The node's answers fill every buffer on the way, then it is not read from any more.
      await().until(() -> standsStill(node));

      assertThat(node.received()).isLessThan(bytes.length);
      assertThat(sent).isNotDone();
      assertThat(caller.receive(bytes.length)).isEqualTo(bytes);
      sent.join();
    }
  }

  private static boolean standsStill(EchoNode node) throws InterruptedException {
    long before = node.received();
    Thread.sleep(300); // for a polling look at a buffer that nobody announces to be full
    return before > 100_000 && node.received() == before;
  }

  @Test
  void theEndOfOneDirectionLeavesTheOtherOpen() throws Exception {
    try (TestCaller caller = TestCaller.of(port, "a")) {
      Rule rule = network.apply(OF_A, Effect.halfOpen());
      caller.send("last words");
      caller.end();
      awaitHits(rule, 1, 10);

      rule.close();

      assertThat(caller.receive("last words")).isEqualTo("last words");
      assertThat(caller.next()).isEqualTo(-1);
    }
  }

  @Test
  void aResetIsPassedOn() throws Exception {
    try (TestCaller caller = TestCaller.of(port, "a")) {
      node.breakOff();

      assertThatThrownBy(caller::next).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aNodeThatIsDownResetsItsCallers() throws Exception {
    int down = freePort();
    try (Network other = Network.open(7, List.of(new Link(1, down, freePort())));
        TestCaller caller = new TestCaller(down)) {
      caller.send(TestCaller.request("a", ""));

      assertThatThrownBy(caller::next).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void whatIsCutGoesOnWhenHealed() throws Exception {
    try (TestCaller cut = TestCaller.of(port, "a");
        TestCaller other = TestCaller.of(port, "b")) {
      // Given
      long before = node.received();
      Rule rule = network.apply(OF_A, Effect.cut());

      // When
      cut.send("hello");
      cut.end();
      awaitHits(rule, 1, 5);

      // Then
      assertThat(other.exchange(new byte[3])).hasSize(3);
      assertThat(node.received()).isEqualTo(before + 3);

      // When
      rule.close();

      // Then
      assertThat(cut.receive("hello")).isEqualTo("hello");
      assertThat(cut.next()).isEqualTo(-1);
      assertThat(rule.hits()).isEqualTo(new Rule.Hits(1, 5));
    }
  }

  @Test
  void aNodeSeesNothingOfNewConnectionsThatAreCut() throws Exception {
    Rule rule = network.apply(OF_A, Effect.cut());
    try (TestCaller cut = new TestCaller(port)) {
      byte[] request = TestCaller.request("a", "hello");
      cut.send(request);
      awaitHits(rule, 1, request.length);

      try (TestCaller other = TestCaller.of(port, "b")) {
        assertThat(node.connections()).isEqualTo(1);
      }
      rule.close();
      assertThat(cut.receive(request.length)).isEqualTo(request);
    }
  }

  @Test
  void anAnswerOnItsWayIsCutToo() throws Exception {
    try (TestCaller cut = TestCaller.of(port, "a")) {
      Rule late = network.apply(OF_A, Effect.halfOpen());
      cut.send("hello");
      awaitHits(late, 1, 5);

      Rule rule = network.apply(OF_A, Effect.cut());
      late.close();

      assertThat(rule.hits()).isEqualTo(new Rule.Hits(1, 5));
      assertThat(cut.available()).isZero();
      rule.close();
      assertThat(cut.receive("hello")).isEqualTo("hello");
    }
  }

  @Test
  void halfOpenTakesRequestsAndGivesNoAnswers() throws Exception {
    try (TestCaller caller = TestCaller.of(port, "a")) {
      Rule rule = network.apply(OF_A, Effect.halfOpen());

      caller.send("hello");

      awaitHits(rule, 1, 5);
      assertThat(node.text()).endsWith("hello");
      assertThat(caller.available()).isZero();
      rule.close();
      assertThat(caller.receive("hello")).isEqualTo("hello");
    }
  }

  @Test
  void resetEndsConnectionsOldAndNew() throws Exception {
    try (TestCaller old = TestCaller.of(port, "a");
        TestCaller other = TestCaller.of(port, "b")) {
      Rule rule = network.apply(OF_A, Effect.reset());

      assertThatThrownBy(old::next)
          .isInstanceOf(SocketException.class)
          .hasMessage("Connection reset");
      assertThatThrownBy(() -> TestCaller.of(port, "a")).isInstanceOf(SocketException.class);
      assertThat(other.exchange(new byte[3])).hasSize(3);
      assertThat(rule.hits()).isEqualTo(new Rule.Hits(2, 0));

      rule.close();
      try (TestCaller later = TestCaller.of(port, "a")) {
        assertThat(later.exchange(new byte[3])).hasSize(3);
      }
    }
  }

  @Test
  void delayHoldsEachDirectionUp() throws Exception {
    try (TestCaller caller = TestCaller.of(port, "a")) {
      Rule rule = network.apply(ALL, Effect.delay(Duration.ofMillis(80), Duration.ZERO));

      long start = System.nanoTime();
      caller.send("hello");

      assertThat(caller.receive("hello")).isEqualTo("hello");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(160));
      assertThat(rule.hits()).isEqualTo(new Rule.Hits(1, 10));
    }
  }

  @Test
  void jitterAndLossKeepTheOrder() throws Exception {
    try (TestCaller caller = TestCaller.of(port, "a")) {
      Rule jitter = network.apply(ALL, Effect.delay(Duration.ZERO, Duration.ofMillis(20)));
      Rule loss = network.apply(ALL, Effect.loss(0.02));
      // What is sent fast arrives in few chunks, each of which may be lost: so until one was.
      do {
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < 500; i++) {
          caller.send(i + " ");
          sent.append(i).append(' ');
        }
        assertThat(caller.receive(sent.toString())).isEqualTo(sent.toString());
      } while (!loss.hits().bit());

      assertThat(jitter.hits().bit()).isTrue();
    }
  }

  @Test
  void throttledConnectionsShareTheLine() throws Exception {
    try (TestCaller one = TestCaller.of(port, "a");
        TestCaller two = TestCaller.of(port, "b")) {
      Rule rule = network.apply(ALL, Effect.throttle(500_000));

      long start = System.nanoTime();
      one.send(new byte[100_000]);
      two.send(new byte[100_000]);
      one.receive(100_000);
      two.receive(100_000);

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(400));
      assertThat(rule.hits()).isEqualTo(new Rule.Hits(2, 400_000));
    }
  }

  @Test
  void rulesOnOneConnectionAddUp() throws Exception {
    try (TestCaller caller = TestCaller.of(port, "a")) {
      Rule delay = network.apply(ALL, Effect.delay(Duration.ofMillis(1), Duration.ZERO));
      Rule cut = network.apply(ALL, Effect.cut());
      caller.send("hello");
      awaitHits(cut, 1, 5);

      delay.close();
      assertThat(node.text()).doesNotEndWith("hello");
      assertThat(cut.hits()).isEqualTo(new Rule.Hits(1, 5));
      cut.close();
      assertThat(caller.receive("hello")).isEqualTo("hello");
    }
  }

  @Test
  void aRuleThatMetNothingDidNotBite() throws Exception {
    try (TestCaller caller = TestCaller.of(port, "a");
        Rule idle = network.apply(OF_A, Effect.cut());
        Rule elsewhere = network.apply(Route.from(Caller.client("b")), Effect.reset())) {
      assertThat(idle.hits().bit()).isFalse();
      assertThat(elsewhere.hits()).isEqualTo(new Rule.Hits(0, 0));
    }
  }

  @Test
  void callersAreKnownHoweverTheirFirstRequestIsCutAndWhateverElseTheySay() throws Exception {
    try (TestCaller slow = new TestCaller(port);
        TestCaller garbage = new TestCaller(port)) {
      byte[] request = TestCaller.request("slow", "hello");
      for (byte one : request) {
        slow.send(new byte[] {one});
      }
      garbage.send("GET / HTTP/1.1");

      assertThat(slow.receive(request.length)).isEqualTo(request);
      assertThat(garbage.receive("GET / HTTP/1.1")).isEqualTo("GET / HTTP/1.1");
      assertThat(network.callers(1)).containsExactly("slow");
      assertThat(network.callers(2)).isEmpty();
    }
    await().until(() -> network.callers(1).isEmpty());
  }

  @Test
  void aPortInUseIsRefusedAndNothingIsLeft() throws Exception {
    int free = freePort();
    List<Link> links = List.of(new Link(1, free, 1), new Link(2, port, 1));

    assertThatThrownBy(() -> Network.open(1, links)).isInstanceOf(BindException.class);

    new ServerSocket(free, 1, InetAddress.getLoopbackAddress()).close();
  }

  @Test
  void aClosedNetworkEndsConnectionsAndTakesNoRules() throws Exception {
    try (TestCaller caller = TestCaller.of(port, "a")) {
      Rule rule = network.apply(OF_A, Effect.cut());

      network.close();
      network.close();

      assertThat(caller.next()).isEqualTo(-1);
      assertThatThrownBy(() -> network.apply(ALL, Effect.cut()))
          .isInstanceOf(IllegalStateException.class);
      rule.close();
    }
  }
}
