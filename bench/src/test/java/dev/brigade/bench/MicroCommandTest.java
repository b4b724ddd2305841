package dev.brigade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.Commands;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import picocli.CommandLine;

class MicroCommandTest {
  /** In this JVM, for a moment: enough to see that it runs, and nothing that could be believed. */
  private static final String MORE_THAN_NOTHING = " +(?=[0-9.,]*[1-9])[0-9][0-9,]*[.]?[0-9]*";

  private static final MicroEffort ONCE = new MicroEffort(0, 0, 1, 1);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** JMH lets only one process of a machine measure; here nothing is measured. */
  @BeforeAll
  static void besideOthers() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  void aBenchmarksRowTellsTimeErrorAndBytesPerOperation() {
    // When
    int exitCode = run("CodecBenchmark.orderToMeal|KeyQueuesBenchmark", "--quick");

    // Then
    assertThat(exitCode).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            heading -> assertThat(heading).matches(" +ns/op +± +bytes/op"),
            row ->
                assertThat(row)
                    .matches("CodecBenchmark[.]orderToMeal" + MORE_THAN_NOTHING.repeat(3)),
            row -> assertThat(row).matches(row("keys=500")),
            row -> assertThat(row).matches(row("keys=10")),
            row -> assertThat(row).matches(row("keys=1")));
    assertThat(err.toString().lines())
        .containsExactly(
            "CodecBenchmark.orderToMeal",
            "KeyQueuesBenchmark.addTakeEnd keys=500",
            "KeyQueuesBenchmark.addTakeEnd keys=10",
            "KeyQueuesBenchmark.addTakeEnd keys=1");
  }

  /** These structures need not allocate. */
  private static String row(String parameters) {
    return "KeyQueuesBenchmark[.]addTakeEnd "
        + parameters
        + MORE_THAN_NOTHING.repeat(2)
        + " +[0-9.,]+";
  }

  @Test
  void jsonIsWhatJmhWrites() throws Exception {
    // When
    int exitCode = run("OffsetTrackerBenchmark.inOrder", "--quick", "--json", "--quiet");

    // Then
    assertThat(exitCode).isEqualTo(ExitCode.DONE);
    assertThat(err.toString()).isEmpty();
    JsonNode results = Json.readTree(out.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(results).hasSize(1);
    JsonNode result = results.get(0);
    assertThat(result.path("benchmark").asText())
        .isEqualTo("dev.brigade.worker.OffsetTrackerBenchmark.inOrder");
    assertThat(result.path("mode").asText()).isEqualTo("avgt");
    assertThat(result.path("primaryMetric").path("scoreUnit").asText()).isEqualTo("ns/op");
    assertThat(result.path("primaryMetric").path("score").asDouble()).isPositive();
    assertThat(result.path("secondaryMetrics").has("gc.alloc.rate")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "NoSuchBenchmark, no benchmark's name contains 'NoSuchBenchmark'",
    "*x, '''*x'' is no regular expression'"
  })
  void aPatternThatSelectsNothingIsWrongUsage(String pattern, String words) {
    // When
    int exitCode = run(pattern);

    // Then
    assertThat(exitCode).isEqualTo(ExitCode.USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1).first().asString().contains(words);
  }

  @Test
  void everyBenchmarkRuns() throws Exception {
    // When
    Collection<RunResult> results =
        new Runner(ONCE.of(""), new MicroProgress(new PrintWriter(err))).run();

    // Then: one that throws would have let the run fail
    assertThat(results)
        .map(result -> MicroFigure.of(result).benchmark())
        .containsOnly(
            "CodecBenchmark.mealDecode",
            "CodecBenchmark.mealEncode",
            "CodecBenchmark.orderDecode",
            "CodecBenchmark.orderToMeal",
            "DoneSetBenchmark.size",
            "DoneSetBenchmark.decode",
            "DoneSetBenchmark.encode",
            "KeyQueuesBenchmark.addTakeEnd",
            "OffsetTrackerBenchmark.atRandom",
            "OffsetTrackerBenchmark.behindSlowHead",
            "OffsetTrackerBenchmark.inOrder",
            "WorkerBenchmark.cook");
  }

  private int run(String... args) {
    CommandLine command =
        new CommandLine(new MicroCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return Commands.run(command, args);
  }
}
