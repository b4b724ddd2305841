package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Json;
import dev.brigade.orders.LatencyWindow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** Producer, worker and monitor as processes, against the broker that Apache publishes. */
@Timeout(400)
class PipelineIT {
  private static final String IMAGE = "apache/kafka:4.3.1";
  private static final int ORDERS = 500;

  @BeforeAll
  static void requireDocker() {
    if (DockerClientFactory.instance().isDockerAvailable()) {
      return;
    }
    String why = "no Docker engine answers, which " + PipelineIT.class.getSimpleName() + " needs";
    if ("true".equals(System.getenv("CI"))) {
      fail(why + "; with CI=true it may not be missing");
    }
    System.err.println("SKIPPED: " + why);
    Assumptions.abort(why);
  }

  @Test
  void everyOrderIsCookedAndMeasured() throws Exception {
    try (KafkaContainer kafka =
            new KafkaContainer(IMAGE).withStartupTimeout(Duration.ofMinutes(3));
        RunDirectory directory = RunDirectory.create("pipeline")) {
      // Given
      kafka.start();
      String server = kafka.getBootstrapServers();
      CommandProcess init = start(directory, "init", server);
      assertThat(end(init)).as(words(init)).isEqualTo(ExitCode.DONE);

      try (CommandProcess worker =
              start(directory, "worker", server, "--recipe", "*=simulate:5ms", "--chefs", "4");
          CommandProcess monitor =
              start(
                  directory,
                  "monitor",
                  server,
                  "--json",
                  "--state-dir",
                  directory.path().resolve("state").toString())) {
        // When
        CommandProcess producer =
            start(
                directory,
                "producer generate",
                server,
                "--count",
                Integer.toString(ORDERS),
                "--wait",
                "--json");

        // Then
        assertThat(end(producer)).as(words(producer)).isEqualTo(ExitCode.DONE);
        while (measured(monitor) < ORDERS) {
          assertThat(monitor.waitFor(Duration.ofMillis(100))).as(words(monitor)).isEmpty();
        }
        assertThat(measured(monitor)).isEqualTo(ORDERS);

        // And when
        worker.terminate();
        monitor.terminate();

        // Then
        assertThat(end(worker)).as(words(worker)).isEqualTo(ExitCode.TERMINATED);
        assertThat(end(monitor)).as(words(monitor)).isEqualTo(ExitCode.TERMINATED);
      }
    }
  }

  private static CommandProcess start(
      RunDirectory directory, String command, String server, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of("--bootstrap-server", server));
    arguments.addAll(List.of(options));
    return CommandProcess.start(directory, arguments.get(0), arguments);
  }

  private static int end(CommandProcess command) throws InterruptedException {
    return command.waitFor(Duration.ofMinutes(2)).orElseThrow();
  }

  private static String words(CommandProcess command) {
    return command.name() + ": " + String.join("\n", command.lastWords(10));
  }

  /** How many orders the windows of all dishes have counted, each in its latest revision. */
  private static long measured(CommandProcess monitor) throws Exception {
    String output = Files.readString(monitor.output());
    Map<String, Long> counts = new HashMap<>();
    for (String line : output.substring(0, output.lastIndexOf('\n') + 1).lines().toList()) {
      JsonNode window = Json.readTree(line.getBytes(StandardCharsets.UTF_8));
      if (window.path("dish").asText().equals(LatencyWindow.ALL_DISHES)
          && window.path("windowSeconds").asInt() == 10) {
        counts.put(window.path("windowStart").asText(), window.path("count").asLong());
      }
    }
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
