package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class WorkerCommandTest {
  @Test
  void theDefaultsAreThoseOfTheContract() {
    WorkerCommand command = new WorkerCommand();
    new CommandLine(command).parseArgs("--recipe", "*=simulate:1ms");
    WorkerOptions options = command.options();
    assertThat(options.workerId()).endsWith("-" + ProcessHandle.current().pid());
    assertThat(options)
        .isEqualTo(
            new WorkerOptions(
                options.workerId(),
                false,
                Ordering.KEY,
                Delivery.AT_LEAST_ONCE,
                3,
                16,
                ChefThreads.PLATFORM,
                new RetryPolicy(5, null, 0.2),
                new RecipeLimits(80, Duration.ofSeconds(5), Map.of()),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                10_000,
                67_108_864,
                GroupProtocol.CLASSIC));
    assertThat(command.metrics.address()).as("metrics are off").isNull();
    assertThat(command.metrics.bind()).isEqualTo("127.0.0.1");
  }

  @Test
  void aGivenWorkerIdMakesAStaticMember() {
    WorkerCommand command = new WorkerCommand();
    new CommandLine(command).parseArgs("--recipe", "*=simulate:1ms", "--worker-id", "w-1");
    assertThat(command.options().workerId()).isEqualTo("w-1");
    assertThat(command.options().staticMember()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "--chefs 0                       | --chefs must be 1 to 100000, but is 0",
        "--chefs -3                      | --chefs must be 1 to 100000, but is -3",
        "--chefs 999999999               | --chefs must be 1 to 100000, but is 999999999",
        "--chefs many                    | Invalid value for option '--chefs'",
        "--max-attempts 0                | --max-attempts must be",
        "--ordering lifo                 | Invalid value for option '--ordering'",
        "--chef-threads green            | Invalid value for option '--chef-threads'",
        "--retry-budget -1               | --retry-budget must be 0 to 1000, but is -1.0",
        "--retry-budget NaN              | --retry-budget must be 0 to 1000, but is NaN",
        "--max-elapsed 0s                | --max-elapsed must be longer than 0",
        "--breaker 101                   | --breaker must be 0 to 100, but is 101",
        "--breaker-wait 0s               | --breaker-wait must be longer than 0",
        "--rate-limit soup=5             | --rate-limit soup: no --recipe names this dish",
        "--rate-limit *=0                | --rate-limit * must be 1 to 1000000, but is 0",
        "--cook-timeout 0s               | --cook-timeout must be longer than 0",
        "--cook-timeout 5 parsecs        | '5' is not a duration",
        "--commit-interval 0ms           | --commit-interval must be longer than 0",
        "--max-in-flight 0               | --max-in-flight must be",
        "--max-in-flight-bytes -1        | --max-in-flight-bytes must be",
        "--metrics-port 70000            | --metrics-port must be 0 to 65535, but is 70000",
        "--metrics-port -1               | --metrics-port must be 0 to 65535, but is -1",
        "--metrics-port many             | Invalid value for option '--metrics-port'",
        "--metrics-bind 127.0.0.1        | --metrics-bind says where, but --metrics-port is missing",
        "--metrics-port 0 --metrics-bind no.invalid | --metrics-bind 'no.invalid' is no address",
        "--metrics-port 0 --metrics-bind 192.0.2.1  | --metrics-port: cannot listen at 192.0.2.1:0",
        "--worker-id a/b                 | --worker-id must match",
        "--kitchen a.b                   | --kitchen: the kitchen's name must match",
        "--bootstrap-server localhost    | --bootstrap-server 'localhost': expected HOST:PORT",
        "--bootstrap-server h:70000      | --bootstrap-server 'h:70000': the port must be 1 to 65535",
        "--recipe                        | Missing required parameter",
        "--recipe burger                 | --recipe",
        "--plugins /nowhere              | --plugins",
        "--group-protocol share          | Invalid value for option '--group-protocol': expected one of [CLASSIC, CONSUMER]",
        "--nonsense                      | unknown option --nonsense",
      })
  void wrongUsageEndsWithTwoAndOneLine(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of("--recipe", "*=simulate:1ms"));
    all.addAll(List.of(arguments.strip().split(" +")));
    assertUsage(all, message);
  }

  @Test
  void aWorkerWithoutARecipeSaysHowToNameOne() {
    assertUsage(List.of(), "no recipe: name at least one, for example --recipe '*=simulate:20ms'");
  }

  @Test
  void aMetricsPortInUseIsSaidBeforeTheClusterIsAsked() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      assertUsage(
          List.of("--recipe", "*=simulate:1ms", "--metrics-port", Integer.toString(port)),
          "--metrics-port: cannot listen at 127.0.0.1:" + port + " (Address already in use)");
    }
  }

  private static void assertUsage(List<String> arguments, String message) {
    StringWriter err = new StringWriter();
    int exit =
        Commands.run(
            new CommandLine(new WorkerCommand()).setErr(new PrintWriter(err, true)),
            arguments.toArray(String[]::new));
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains(message).hasLineCount(1);
  }
}
