package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.brigade.orders.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ClusterCommandTest {
  @ParameterizedTest
  @CsvSource({
    "--brokers=0,        0 brokers: expected 1 to 9",
    "--brokers=-3,       -3 brokers: expected 1 to 9",
    "--brokers=1000000,  1000000 brokers: expected 1 to 9",
    "--brokers=three,    is not an int",
    "--brokers=99999999999999999999, is not an int",
    "--port=70000,       port 70000: expected",
    "--port=-1,          port -1: expected",
    "--port,             Missing required parameter",
    "--data-dir,         Missing required parameter",
    "--cluster-size=3,   unknown option --cluster-size",
  })
  void wrongUsageIsOneLineAndExitCode2(String argument, String said) {
    Outcome outcome = Outcome.of(argument);

    assertThat(outcome.exitCode).isEqualTo(2);
    assertThat(outcome.err.lines()).hasSize(1);
    assertThat(outcome.err).contains(said);
    assertThat(outcome.out).isEmpty();
  }

  @Test
  void aDataDirectoryThatIsAFileIsWrongUsage(@TempDir Path home) throws IOException {
    Path file = Files.writeString(home.resolve("file"), "x");

    Outcome outcome = Outcome.of("--quiet", "--port=0", "--data-dir=" + file);

    assertThat(outcome.exitCode).isEqualTo(2);
    assertThat(outcome.err.lines()).hasSize(1);
    assertThat(outcome.err).contains("--data-dir", file.toString(), "is a file, not a directory");
  }

  @Test
  void aPortInUseIsAFailureThatNamesIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = Outcome.of("--quiet", "--port=" + taken.getLocalPort());

      assertThat(outcome.exitCode).isEqualTo(1);
      assertThat(outcome.err.lines()).hasSize(1);
      assertThat(outcome.err).contains("port " + taken.getLocalPort(), "is in use");
    }
  }

  @Test
  void theClusterServesUntilToldToStopAndLeavesNothing() throws Exception {
    // Given
    Process command = process("--port=0", "--json", "--quiet");
    BufferedReader out = command.inputReader();
    JsonNode ready = new ObjectMapper().readTree(String.valueOf(out.readLine()));
    ProcessHandle broker = ProcessHandle.of(ready.at("/nodes/0/pid").asLong()).orElseThrow();
    try (Client client = new Client(ready.path("bootstrapServers").asText())) {
      assertThat(client.clusterId()).isEqualTo(ready.path("clusterId").asText());
    }

    // When
    command.toHandle().destroy();

    // Then
    assertThat(out.readLine()).isNull();
    assertThat(command.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(command.exitValue()).isEqualTo(143);
    assertThat(broker.isAlive()).isFalse();
    assertThat(Path.of(ready.path("dataDirectory").asText())).doesNotExist();
  }

  @Test
  void theCommandFailsWhenItsLastBrokerEndsByItself() throws Exception {
    // Given
    Process command = process("--port=0", "--json", "--quiet");
    JsonNode ready = new ObjectMapper().readTree(String.valueOf(command.inputReader().readLine()));

    // When
    ProcessHandle.of(ready.at("/nodes/0/pid").asLong()).orElseThrow().destroyForcibly();

    // Then
    assertThat(command.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(command.exitValue()).isEqualTo(1);
    assertThat(Path.of(ready.path("dataDirectory").asText())).doesNotExist();
  }

  private static Process process(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
  }

  static final class Main {
    public static void main(String[] args) {
      System.exit(Commands.run(new CommandLine(new ClusterCommand()), args));
    }
  }

  private record Outcome(int exitCode, String out, String err) {
    static Outcome of(String... args) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      CommandLine command =
          new CommandLine(new ClusterCommand())
              .setOut(new PrintWriter(out, true))
              .setErr(new PrintWriter(err, true));
      return new Outcome(Commands.run(command, args), out.toString(), err.toString());
    }
  }
}
