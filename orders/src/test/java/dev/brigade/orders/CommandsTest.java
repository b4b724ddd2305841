package dev.brigade.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(name = "cook")
  private static final class Cook implements Callable<Integer> {
    @Mixin CommonOptions.@Nullable Connection connection;

    @Option(names = "--count")
    int count;

    @Nullable Exception failure;

    @Override
    public Integer call() throws Exception {
      if (failure != null) {
        throw failure;
      }
      return count;
    }
  }

  private int run(@Nullable Exception failure, String... args) {
    Cook cook = new Cook();
    cook.failure = failure;
    CommandLine commands =
        new CommandLine(cook).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return Commands.run(commands, args);
  }

  @Test
  void theCommandsOwnExitCodeIsReturned() {
    assertThat(run(null, "--count", "7")).isEqualTo(7);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aFailureIsOneLineAndAnExitCode(Exception failure, int exitCode, String line) {
    assertThat(run(failure)).isEqualTo(exitCode);
    assertThat(err.toString().stripTrailing()).isEqualTo("cook: " + line);
    assertThat(out.toString()).isEmpty();
  }

  static Stream<Arguments> aFailureIsOneLineAndAnExitCode() {
    return Stream.of(
        arguments(CommandFailure.usage("count what?"), 2, "count what?"),
        arguments(new CommandFailure(6, "six"), 6, "six"),
        arguments(new ExecutionException(new CommandFailure(3, "three")), 3, "three"),
        arguments(new IllegalStateException("two\n\tlines\u001b[2J"), 1, "two??lines?[2J"),
        arguments(new IllegalStateException(), 1, "IllegalStateException"),
        arguments(
            new java.io.UncheckedIOException(
                "cannot write", new java.nio.file.NoSuchFileException("/no/such")),
            1,
            "cannot write: NoSuchFileException /no/such"),
        arguments(
            new TopicAuthorizationException(Set.of("k.orders")),
            4,
            "not authorised: access to topic k.orders"),
        arguments(
            GroupAuthorizationException.forGroupId("k.chefs"),
            4,
            "not authorised: READ on group k.chefs"),
        arguments(
            new ClusterAuthorizationException("Cluster authorization failed."),
            4,
            "not authorised: Cluster authorization failed."),
        arguments(
            new SaslAuthenticationException("Authentication failed: Invalid username or password"),
            4,
            "not authenticated: Authentication failed: Invalid username or password"),
        arguments(
            new KafkaException(
                "outer",
                new SslAuthenticationException(
                    "SSL handshake failed",
                    new javax.net.ssl.SSLHandshakeException("PKIX path building failed"))),
            4,
            "not authenticated: SSL handshake failed: SSLHandshakeException PKIX path building failed"),
        arguments(
            new FencedInstanceIdException("fenced"),
            5,
            "another worker holds this --worker-id: fenced"),
        arguments(
            new CompletionException(new UnreleasedInstanceIdException("held")),
            5,
            "another worker holds this --worker-id: held"),
        arguments(new TimeoutException("no node"), 3, "cluster does not answer: no node"),
        arguments(
            new UnknownTopicOrPartitionException("k.orders"),
            1,
            "a topic does not exist (brigade init creates them): k.orders"),
        arguments(
            new KafkaException(
                "Failed to create", new ConfigException("No resolvable bootstrap urls given")),
            3,
            "cluster unreachable: cannot resolve --bootstrap-server"),
        arguments(
            new ConfigException("linger.ms", -1, "too small"),
            2,
            "Invalid value -1 for configuration linger.ms: too small"),
        arguments(
            new UnsupportedVersionException("no such API"),
            1,
            "the cluster is too old: Kafka 3.7 (KRaft) or newer is needed; no such API"),
        arguments(
            new KafkaException(
                "outer",
                new IllegalArgumentException(
                    "Invalid login module control flag 'hunter2' in JAAS config")),
            1,
            "Invalid login module control flag in JAAS config"));
  }

  @Test
  void whoKnowsThePermissionThatIsMissingNamesIt() {
    assertThat(
            Commands.explain(
                new TopicAuthorizationException("Topic authorization failed."),
                "WRITE on topic k.orders"))
        .hasMessage("not authorised: WRITE on topic k.orders")
        .extracting("exitCode")
        .isEqualTo(4);
  }

  @Test
  void aStackTraceNeedsVerbose() {
    run(new IllegalStateException("burnt"), "--verbose");
    assertThat(err.toString())
        .startsWith("cook: burnt\n")
        .contains("java.lang.IllegalStateException: burnt\n\tat dev.brigade.orders.CommandsTest");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--count|Missing required parameter for option '--count' (<count>)",
        "--count=many|Invalid value for option '--count': 'many' is not an int",
        "--count=|Invalid value for option '--count': '' is not an int",
        "--bogus|unknown option --bogus",
        "--bogus=hunter2|unknown option --bogus",
        "-p hunter2|unknown option -p",
        "--bootstrap-servers=x|unknown option --bootstrap-servers, did you mean --bootstrap-server?",
        "soup|unexpected argument 'soup'"
      })
  void wrongUsageIsOneLineThatPointsToTheHelp(String args, String line) {
    assertThat(run(null, args.split(" "))).isEqualTo(2);
    assertThat(err.toString().stripTrailing()).isEqualTo("cook: " + line + " (see cook --help)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--password=hunter2",
        "--password|hunter2",
        "--passwd=hunter2",
        "--sasl.jaas.config=Module required password=\"hunter2\";",
        "--sasl.password=hunter2",
        "--client-secret|hunter2",
        "--token=hunter2",
        "--kitchen|--password=hunter2",
        "password=hunter2"
      })
  void aSecretIsNeverRepeated(String args) {
    int exitCode = run(null, args.split("\\|"));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().stripTrailing())
        .isEqualTo(
            "cook: a secret is never an argument: put it into a file and name that with"
                + " --command-config (see cook --help)");
  }

  @Test
  void aNegativeNumberIsAValueNotAnOption() {
    assertThat(run(null, "--count", "-5")).isEqualTo(-5);
  }

  @Test
  void helpIsForStdout() {
    assertThat(run(null, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: cook").contains("--bootstrap-server");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--kitchen=|--kitchen: the kitchen's name must match [a-z0-9][a-z0-9-]{0,62} (lower-case"
            + " letters, digits and dashes, no dots), but is ''",
        "--bootstrap-server=nowhere|--bootstrap-server 'nowhere': expected HOST:PORT, for example"
            + " localhost:9092",
        "--command-config=/no/such|--command-config /no/such does not exist",
        "--partitions=0|--partitions must be 1 to 10000",
        "--partitions=10001|--partitions must be 1 to 10000"
      })
  void initRefusesWrongUsageBeforeItConnects(String arg, String line) {
    CommandLine init = new CommandLine(new InitCommand()).setErr(new PrintWriter(err, true));

    assertThat(Commands.run(init, arg)).isEqualTo(2);
    assertThat(err.toString().stripTrailing()).isEqualTo("init: " + line);
  }

  @Test
  void theDefaultsAreTheContracts() {
    CommonOptions.Connection connection = new CommonOptions.Connection();
    new CommandLine(connection).parseArgs();

    assertThat(connection.kitchen()).isEqualTo(new Kitchen("kitchen"));
    assertThat(connection.bootstrapServer()).isEqualTo("localhost:9092");
    assertThat(connection.clientConfig()).containsOnlyKeys("bootstrap.servers");
    assertThat(connection.json()).isFalse();
    assertThat(connection.quiet()).isFalse();
    assertThat(connection.verbose()).isFalse();

    InitCommand init = new InitCommand();
    new CommandLine(init).parseArgs();
    assertThat(init.partitions).isEqualTo(12);
  }
}
