package dev.brigade.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Commands;
import dev.brigade.orders.Kitchen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MonitorOptionsTest {
  @TempDir Path directory;

  @Test
  void defaults() {
    MonitorCommand monitor = CommandLine.populateCommand(new MonitorCommand());
    assertThat(monitor.threads).isEqualTo(1);
    assertThat(monitor.stateDirectory).isNull();
    TailCommand tail = CommandLine.populateCommand(new TailCommand());
    assertThat(tail.fromBeginning).isFalse();
    assertThat(tail.all).isFalse();
    assertThat(tail.count).isNull();
    assertThat(tail.dish).isNull();
    assertThat(tail.window).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--threads 0",
        "--threads 65",
        "--threads many",
        "--state-dir",
        "--http-prot 1",
        "--bootstrap-server localhost",
        "--kitchen a.b",
        "tail --count -1",
        "tail --window 30",
        "tail --dish a|b",
        "tail --bootstrap-server localhost:70000"
      })
  void wrongUsageIsRefusedInOneLine(String arguments) {
    StringWriter err = new StringWriter();
    int exitCode =
        Commands.run(
            new CommandLine(new MonitorCommand()).setErr(new PrintWriter(err, true)),
            arguments.split(" "));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void nothingIsAskedOfTheClusterForNoWindows() {
    assertThat(new CommandLine(new TailCommand()).execute("--count", "0")).isZero();
  }

  @Test
  void streamsCountsExactlyOnceAndKeepsItsTopicsAsSafeAsTheKitchens() throws Exception {
    try (MonitorIdentity identity = MonitorIdentity.take(directory, new Kitchen("k"))) {
      Properties settings =
          StreamsSettings.of(
              new Kitchen("k"), Map.of("security.protocol", "SSL"), identity, directory, 2, 3);
      assertThat(settings)
          .containsEntry("application.id", "k.monitor")
          .containsEntry("processing.guarantee", "exactly_once_v2")
          .containsEntry("replication.factor", 3)
          .containsEntry("topic.min.insync.replicas", 2)
          .containsEntry("num.stream.threads", 2)
          .containsEntry("commit.interval.ms", 2_000)
          .containsEntry("producer.transaction.timeout.ms", 30_000)
          .containsEntry("request.timeout.ms", 5_000)
          .containsEntry("consumer.session.timeout.ms", 6_000)
          .containsEntry("main.consumer.group.instance.id", identity.groupInstanceId())
          .containsEntry("security.protocol", "SSL");
      assertThat(StreamsSettings.of(new Kitchen("k"), Map.of(), identity, directory, 1, 1))
          .doesNotContainKey("topic.min.insync.replicas");
    }
  }
}
