package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo as a process of its own, as the launcher starts it. */
@Timeout(300)
class DemoIT {
  @TempDir Path temporary;

  @Test
  void aSmallDemoLosesNothingAndLeavesNothing() throws Exception {
    try (DemoProcess demo =
        DemoProcess.start(
            temporary, "--workers", "2", "--chefs", "3", "--duration", "6s", "--json")) {
      // When
      int exitCode = demo.awaitEnd();

      // Then
      JsonNode verdict = Json.readTree(demo.output().getBytes(StandardCharsets.UTF_8));
      assertThat(exitCode).as("%s%n%s", verdict, demo.log()).isZero();
      assertThat(verdict.path("passed").asBoolean()).isTrue();
      assertThat(verdict.path("acknowledged").asLong()).isEqualTo(576);
      assertThat(verdict.path("inLog").asLong()).isEqualTo(576);
      assertThat(verdict.path("cooked").asLong() + verdict.path("dead").asLong()).isEqualTo(576);
      assertThat(verdict.path("dead").asLong()).isPositive();
      assertThat(verdict.path("lost").asLong(-1)).isZero();
      assertThat(verdict.path("orderViolations").asLong(-1)).isZero();
      assertThat(verdict.path("killed").asText()).isEqualTo("worker-2");
      assertThat(verdict.path("moved")).hasSize(6);
      assertThat(verdict.path("takeoverMillis").asLong()).isPositive();
      assertThat(verdict.path("completion").path("p99Ms").asDouble()).isPositive();
      assertThat(demo.log()).contains("worker-2 was killed", "worker-3 and worker-4 are started");
      demo.assertNothingLeft();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"starting a Kafka cluster", "starting 2 workers", "was killed"})
  void controlCAtAnyMomentLeavesNothing(String moment) throws Exception {
    try (DemoProcess demo =
        DemoProcess.start(temporary, "--workers", "2", "--chefs", "3", "--duration", "6s")) {
      // Given
      demo.awaitLog(moment);

      // When
      demo.interrupt();

      // Then
      assertThat(demo.awaitEnd()).as(demo.log()).isEqualTo(130);
      assertThat(demo.output()).isEmpty();
      demo.assertNothingLeft();
    }
  }

  @Test
  void aSecondControlCDoesNotWaitAndLeavesNothingEither() throws Exception {
    try (DemoProcess demo =
        DemoProcess.start(temporary, "--workers", "2", "--chefs", "3", "--duration", "6s")) {
      // Given
      demo.awaitLog("orders are placed");
      demo.interrupt();
      demo.awaitLog("interrupted");

      // When
      demo.interrupt();

      // Then
      assertThat(demo.awaitEnd()).as(demo.log()).isIn(1, 130);
      demo.assertNothingLeft();
    }
  }

  @Test
  void aKilledDemoLeavesNothingEither() throws Exception {
    try (DemoProcess demo =
        DemoProcess.start(temporary, "--workers", "2", "--chefs", "3", "--duration", "6s")) {
      // Given
      demo.awaitLog("orders are placed");

      // When
      demo.kill();

      // Then
      assertThat(demo.awaitEnd()).isEqualTo(137);
      demo.assertNothingLeft();
    }
  }
}
