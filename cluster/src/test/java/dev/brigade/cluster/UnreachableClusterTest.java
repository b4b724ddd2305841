package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.InitCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No command waits longer than ten seconds for a cluster that is not there. */
@Timeout(60)
class UnreachableClusterTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @BeforeAll
  static void quiet() {
    BrokerNoise.lower();
  }

  @Test
  void aPortThatRefusesOrSaysNothingIsUnreachable(@TempDir Path home) throws Exception {
    Path config =
        Files.writeString(home.resolve("client.properties"), "request.timeout.ms=60000\n");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      // Given: each waits as long as a command may, so all of them at once
      String says = "127.0.0.1:" + silent.getLocalPort();
      String refuses = "127.0.0.1:" + closedPort();
      List<List<String>> commands =
          List.of(
              List.of("--bootstrap-server=" + refuses),
              List.of("--bootstrap-server=" + says),
              List.of("--bootstrap-server=" + says, "--command-config=" + config));
      long start = System.nanoTime();

      // When
      List<CommandRun> runs = CommandRun.allOf(InitCommand::new, commands);

      // Then: the limit is what a caller is promised
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
      assertThat(runs).containsExactly(unreachable(refuses), unreachable(says), unreachable(says));
    }
  }

  @Test
  void aNameThatDoesNotResolveIsUnreachable() {
    long start = System.nanoTime();

    CommandRun run = CommandRun.of(new InitCommand(), "--bootstrap-server=kafka.invalid:9092");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .containsExactly("init: cluster unreachable: cannot resolve --bootstrap-server");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
  }

  @Test
  void anAddressWithoutAPortIsWrongUsage() {
    CommandRun run = CommandRun.of(new InitCommand(), "--bootstrap-server=localhost");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .containsExactly(
            "init: --bootstrap-server 'localhost': expected HOST:PORT, for example localhost:9092");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static CommandRun unreachable(String address) {
    return new CommandRun(
        3,
        List.of(),
        List.of(
            "init: cluster unreachable: nothing answers at "
                + address
                + " (is it running there, and does --command-config name the security.protocol of"
                + " that port: TLS, SASL or neither?)"));
  }
}
