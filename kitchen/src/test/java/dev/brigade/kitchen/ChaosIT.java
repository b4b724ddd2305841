package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short soak as a process of its own: three broker processes, three workers, the monitor. */
@Timeout(600)
class ChaosIT {
  @TempDir Path temporary;

  @Test
  void theSmokeProfileBreaksNoPromise() throws Exception {
    Path results = temporary.resolve("results");
    try (DemoProcess chaos =
        DemoProcess.start(
            temporary,
            List.of(
                "chaos",
                "--seed",
                "1",
                "--minutes",
                "2",
                "--json",
                "--results",
                results.toString()))) {
      // When
      int exitCode = chaos.awaitEnd();

      // Then
      JsonNode verdict = Json.readTree(chaos.output().getBytes(StandardCharsets.UTF_8));
      assertThat(exitCode)
          .as(() -> "%s, %s".formatted(withoutSeconds(verdict), log(chaos)))
          .isZero();
      assertThat(verdict.path("verdict").asText()).isEqualTo("PASSED");
      assertThat(verdict.path("violations")).isEmpty();
      assertThat(verdict.path("faults"))
          .extracting(fault -> fault.path("kind").asText())
          .contains("worker-kill", "worker-term", "worker-freeze", "leader-kill", "monitor-kill");
      assertThat(verdict.path("faults")).noneMatch(fault -> fault.path("evidence").isNull());
      assertThat(verdict.at("/counts/acked").asLong()).isGreaterThan(10_000);
      assertThat(verdict.at("/counts/meals").asLong() + verdict.at("/counts/dead").asLong())
          .isEqualTo(verdict.at("/counts/ordersInLog").asLong());
      assertThat(results).isDirectoryContaining(path -> path.endsWith("report.html"));
      assertThat(Files.readString(results.resolve("report.html")))
          .contains("PASSED", "worker-kill");
      chaos.assertNothingLeft();
    }
  }

  private static String withoutSeconds(JsonNode verdict) {
    return verdict.path("violations") + " " + verdict.path("faults") + " " + verdict.path("notes");
  }

  private static String log(DemoProcess chaos) {
    try {
      return chaos.log();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
