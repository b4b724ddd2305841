package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioTableTest {
  private static final List<Scenario> KILL = List.of(Scenarios.named("worker-kill"));

  @TempDir Path results;

  @BeforeEach
  void twoRunsThatPassedAndOneThatDidNot() throws IOException {
    run("worker-kill-at-least-once-1", "PASSED", "7000", 0.2, 7);
    run("worker-kill-at-least-once-2", "PASSED", "8000", 0.1, 9);
    run("worker-kill-exactly-once-1", "FAILED", "null", 1.5, 30);
    run("workers-kill-all-at-least-once-1", "PASSED", "12000", 0.1, 12);
    Files.createDirectory(results.resolve("worker-kill-at-least-once-3"));
  }

  private void run(String name, String verdict, String millis, double waited, int standstill)
      throws IOException {
    Path directory = Files.createDirectory(results.resolve(name));
    Files.writeString(
        directory.resolve("verdict.json"),
        """
        {"verdict": "%s", "counts": {"duplicates": 4},
         "faults": [{"allProgressMs": %s, "drainedMs": 8500}],
         "usualWaitSeconds": %s, "longestStandstillSeconds": %d}
        """
            .formatted(verdict, millis, waited, standstill));
  }

  @Test
  void aRowHoldsAllRunsOfAScenarioWithADelivery() throws IOException {
    ScenarioTable table = ScenarioTable.read(results, KILL);

    Path file = results.resolve("table.md");
    table.write(file);
    assertThat(Files.readAllLines(file))
        .hasSize(4)
        .anySatisfy(
            row ->
                assertThat(row)
                    .startsWith("| worker-kill | at-least-once | progress within 9.0 s")
                    .endsWith(
                        "| 2 | 7.0 s (8.0 s) | 8.5 s (8.5 s) | 7.0 s (9.0 s) | 0.1 s (0.2 s) | 8"
                            + " | 2 PASSED |"))
        .anySatisfy(
            row ->
                assertThat(row)
                    .startsWith("| worker-kill | exactly-once |")
                    .endsWith("| 1 | never | 8.5 s | 30.0 s | 1.5 s | 4 | 1 FAILED |"));
    assertThat(table.allPassed()).isFalse();
  }

  @Test
  void whatAnEarlierVersionDidNotMeasureIsLeftOut() throws IOException {
    Files.writeString(
        Files.createDirectory(results.resolve("reset-at-least-once-1")).resolve("verdict.json"),
        """
        {"verdict": "PASSED", "faults": [], "longestStandstillSeconds": 3}
        """);
    Path file = results.resolve("table.md");
    ScenarioTable.read(results, List.of(Scenarios.named("reset"))).write(file);
    assertThat(Files.readAllLines(file).get(2)).endsWith("| 1 |  |  | 3.0 s |  | 0 | 1 PASSED |");
  }

  @Test
  void onlyWhatWasAskedForCounts() {
    assertThat(
            ScenarioTable.read(results, List.of(Scenarios.named("workers-kill-all"))).allPassed())
        .isTrue();
  }
}
