package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.orders.CommandFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoProcessesTest {
  private final RunDirectory directory = RunDirectory.create("test");
  private final DemoProcesses processes = new DemoProcesses(directory);

  @AfterEach
  void close() {
    processes.close();
    directory.close();
  }

  @Test
  void aProcessThatEndsUnaskedFailsTheDemoWithTheEndOfItsLog() throws Exception {
    // Given
    CommandProcess ended = processes.startEnding("worker-2", List.of("worker", "--chefs", "0"));
    ended.waitFor(Duration.ofSeconds(50)).orElseThrow();
    processes.requireAlive();

    // When
    processes.start("worker-1", List.of("worker", "--chefs", "0"));

    // Then
    assertThatThrownBy(this::requireAliveUntilItFails)
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("worker-1 ended with exit code 2: ")
        .hasMessageContaining("--recipe");
  }

  @Test
  void aProcessThatDoesNotEndAsAskedIsAProblem() {
    // Given
    processes.start("worker-1", List.of("worker", "--chefs", "0"));
    assertThatThrownBy(this::requireAliveUntilItFails).isInstanceOf(CommandFailure.class);

    // When
    processes.terminate();

    // Then
    assertThat(processes.haveEnded()).isTrue();
    assertThat(processes.problems())
        .singleElement()
        .asString()
        .startsWith("worker-1 ended with exit code 2");
  }

  private void requireAliveUntilItFails() throws InterruptedException {
    while (!Thread.interrupted()) {
      processes.requireAlive();
      Thread.onSpinWait();
    }
    throw new InterruptedException();
  }
}
