package dev.brigade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real brokers and real processes, few orders: that it measures and checks, not what. */
class BenchIT {
  @TempDir Path directory;
  private String results;

  @BeforeEach
  void pretendToBeLaunched() throws Exception {
    System.setProperty("brigade.launcher", ProductScript.in(directory).toString());
    results = directory.resolve("results").toString();
  }

  @Test
  void measuresBrigadeBesideOthersAndGoesOnWhereItWas() throws Exception {
    String[] arguments = {
      "bench",
      "drain-0ms",
      "--against",
      "plain-2",
      "--scale",
      "0.002",
      "--repetitions",
      "1",
      "--results",
      results
    };

    Command first = Command.brigade(arguments);
    Command second = Command.brigade(arguments);

    assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.DONE);
    assertThat(first.err()).contains("drain-0ms 1/1 brigade: steady ").contains("plain-2: steady");
    assertThat(first.out()).contains("drain-0ms", "brigade", "plain-2");
    JsonNode run = run("drain-0ms", "brigade");
    assertThat(run.path("figures").path("STEADY_RATE").asDouble()).isPositive();
    assertThat(run.path("figures").path("START").asDouble()).isPositive();
    assertThat(run.path("figures").path("CPU_PER_ORDER").asDouble()).isPositive();
    assertThat(run.path("figures").path("PEAK_RSS").asDouble()).isGreaterThan(20);
    assertThat(Path.of(results, "report.html")).isNotEmptyFile();
    assertThat(second.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(second.err()).doesNotContain("1/1");
  }

  @Test
  void givesNoFigureToAContenderWhoseWorkIsWrong() throws Exception {
    String cheat =
        "'%s/bin/java' -cp '%s' %s"
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                Cheat.class.getName());

    Command measured =
        Command.brigade(
            "bench",
            "start",
            "--against",
            "none",
            "--external",
            "cheat=" + cheat,
            "--external-order",
            "key",
            "--repetitions",
            "1",
            "--results",
            results);

    assertThat(measured.exitCode()).as(measured.err()).isEqualTo(ExitCode.DONE);
    JsonNode run = run("start", "cheat");
    assertThat(run.path("figures")).isEmpty();
    assertThat(run.path("faults").toString())
        .contains("1 of 1,200 orders have no meal", "1 meals too many");
  }

  @Test
  void findsAContenderThatEndsByItself() throws Exception {
    Command measured =
        Command.brigade(
            "bench",
            "start",
            "--against",
            "none",
            "--external",
            "quitter=sh -c 'echo no idea >&2'",
            "--repetitions",
            "1",
            "--results",
            results);

    assertThat(measured.exitCode()).as(measured.err()).isEqualTo(ExitCode.DONE);
    assertThat(run("start", "quitter").path("faults").toString())
        .contains("a process ended by itself: no idea");
  }

  @Test
  void measuresARowForEveryValueOfWhatGrows() throws Exception {
    Command measured =
        Command.brigade(
            "bench",
            "growth-in-flight",
            "--scale",
            "0.005",
            "--repetitions",
            "1",
            "--results",
            results);

    assertThat(measured.exitCode()).as(measured.err()).isEqualTo(ExitCode.DONE);
    assertThat(measured.out())
        .containsSubsequence(
            "\n  brigade-in-flight-1 ",
            "\n  brigade-in-flight-100 ",
            "\n  brigade-in-flight-10000 ",
            "\n  brigade-in-flight-100000 ");
    assertThat(
            run("growth-in-flight", "brigade-in-flight-100").path("figures").path("GROWN").asInt())
        .isEqualTo(100);
  }

  @Test
  void tellsTheHeapAtTenPointsBehindAStuckOrderAndWhatIsCookedAgain() throws Exception {
    Command measured =
        Command.brigade(
            "bench", "stuck-head", "--scale", "0.01", "--repetitions", "1", "--results", results);

    assertThat(measured.exitCode()).as(measured.err()).isEqualTo(ExitCode.DONE);
    JsonNode run = run("stuck-head", "brigade");
    assertThat(run.path("figures").path("HEAP_LATE").asDouble()).isPositive();
    assertThat(run.path("figures").path("COMMIT_LAG").asDouble())
        .as("nothing past a stuck order can be committed")
        .isGreaterThanOrEqualTo(50_000);
    assertThat(run.path("figures").path("DUPLICATES").asDouble()).isLessThan(50_000);
    assertThat(run.path("remarks").get(0).asText()).contains("by meals: 5,000: ", " 50,000: ");
  }

  @Test
  void seesAProcessDieAndItsPartitionsMove() throws Exception {
    Command measured =
        Command.brigade(
            "bench",
            "takeover-kill",
            "--against",
            "none",
            "--repetitions",
            "1",
            "--results",
            results);

    assertThat(measured.exitCode()).as(measured.err()).isEqualTo(ExitCode.DONE);
    JsonNode figures = run("takeover-kill", "brigade").path("figures");
    assertThat(figures.path("STANDSTILL_MOVED").asDouble())
        .isGreaterThan(figures.path("STANDSTILL_KEPT").asDouble());
  }

  private JsonNode run(String scenario, String contender) throws Exception {
    return Json.MAPPER.readTree(
        Files.readAllBytes(Path.of(results, scenario, contender, "1.json")));
  }
}
