package dev.brigade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.ExitCode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BenchCommandTest {
  @TempDir Path directory;

  @BeforeEach
  void pretendToBeLaunched() throws Exception {
    System.setProperty("brigade.launcher", ProductScript.in(directory).toString());
  }

  @Test
  void listsScenariosAndContendersWithoutAScenario() {
    Command listed = Command.brigade("bench");

    assertThat(listed.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(listed.out())
        .contains("drain-0ms", "hot-key", "takeover-kill", "plain-12", "pc-key", "share")
        .contains("growth-chefs", "growth-keys", "growth-partitions", "growth-in-flight")
        .contains("stuck-head");
  }

  @ParameterizedTest
  @MethodSource("wrongUsages")
  void refusesWrongUsageBeforeAnythingIsMeasured(String expected, String[] arguments) {
    String[] all =
        Stream.concat(
                Stream.of("bench", "--results", directory.resolve("results").toString()),
                Stream.of(arguments))
            .toArray(String[]::new);

    Command refused = Command.brigade(all);

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains(expected).hasLineCount(1);
    assertThat(directory.resolve("results")).doesNotExist();
  }

  static Stream<Arguments> wrongUsages() {
    return Stream.of(
        Arguments.of(
            "there is no scenario drain-1s, did you mean drain-1ms?", new String[] {"drain-1s"}),
        Arguments.of(
            "there is no contender plain-11, did you mean plain-1?",
            new String[] {"start", "--against", "plain-11"}),
        Arguments.of("--scale must be above 0", new String[] {"start", "--scale", "0"}),
        Arguments.of("--repetitions must be 1", new String[] {"start", "--repetitions", "0"}),
        Arguments.of("--external needs a command line", new String[] {"start", "--external", " "}),
        Arguments.of("external-order", new String[] {"start", "--external-order", "some"}));
  }

  @Test
  void everyScenarioNamesContendersThatExist() {
    ContenderBook book = ContenderBook.of(directory.resolve("brigade"), java.util.List.of());

    assertThat(Scenarios.all())
        .allSatisfy(
            scenario ->
                assertThat(scenario.contenders())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(book.named(name).name()).isEqualTo(name)));
  }
}
