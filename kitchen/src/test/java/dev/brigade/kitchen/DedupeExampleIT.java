package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example as its README tells to run it, with fewer kills. */
@Timeout(300)
class DedupeExampleIT {
  private static final Path PLUGINS = ExampleRun.EXAMPLES.resolve("dedupe/target/plugins");

  @TempDir Path temporary;

  @BeforeEach
  void requirePlugins() throws IOException {
    assertThat(PLUGINS)
        .as("the example's jars, which mvn package -pl examples/dedupe -am makes")
        .isDirectory();
    try (Stream<Path> jars = Files.list(PLUGINS)) {
      assertThat(jars).hasSize(2);
    }
  }

  private ExampleRun start(Map<String, String> environment, String... arguments)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("DEDUPE_PLUGINS", PLUGINS.toString());
    return ExampleRun.start(temporary, "dedupe", all, arguments);
  }

  @Test
  void everyAccountIsExactThoughWorkersAreKilledBetweenEffectAndMeal() throws Exception {
    try (ExampleRun run = start(Map.of(), "--kills", "3", "--workers", "2")) {
      // When
      int exitCode = run.awaitEnd();

      // Then
      assertThat(exitCode).as(run.log()).isZero();
      assertThat(run.output())
          .contains("killed    3 workers with SIGKILL")
          .contains("orders    480, 0 without a meal")
          .containsPattern(
              "payment   8 of 8 accounts exact; [1-9]\\d* repetitions caught, 0 too much");
      run.assertNothingLeft();
    }
  }

  @Test
  void aRecipeThatDebitsEveryTimeIsFound() throws Exception {
    // Given
    Map<String, String> careless =
        Map.of("PAYMENT_RECIPE", "class:dev.brigade.examples.dedupe.Careless");

    // When
    try (ExampleRun run = start(careless, "--kills", "2", "--workers", "2")) {
      int exitCode = run.awaitEnd();

      // Then
      assertThat(exitCode).as(run.log()).isEqualTo(1);
      assertThat(run.output())
          .contains("0 without a meal")
          .containsPattern("payment   [0-7] of 8 accounts exact; 0 repetitions caught, [1-9]");
      assertThat(run.log()).contains("not every account of the payments is exact");
      run.assertNothingLeft();
    }
  }
}
