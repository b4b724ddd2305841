package dev.brigade.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.brigade.bench.Figure;
import dev.brigade.bench.RunResult;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsDirectoryTest {
  @TempDir Path temporary;

  @Test
  void readsRunsOfBeforeThereWereRemarks() throws Exception {
    ResultsDirectory directory = SampleResults.empty(temporary);
    directory.save(SampleResults.run("brigade", 1, 100));
    Path file = temporary.resolve("drain-0ms/brigade/1.json");
    ObjectNode run = (ObjectNode) Json.MAPPER.readTree(Files.readString(file));
    run.remove("remarks");
    Files.writeString(file, run.toString());

    assertThat(directory.read().runs()).containsExactly(SampleResults.run("brigade", 1, 100));
  }

  @Test
  void aRunIsThereOnceItIsSaved() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);
    assertThat(directory.has("drain-0ms", "brigade", 2)).isFalse();

    // When
    directory.save(SampleResults.run("brigade", 2, 50_000));

    // Then
    assertThat(directory.has("drain-0ms", "brigade", 2)).isTrue();
    assertThat(directory.has("drain-0ms", "brigade", 1)).isFalse();
    assertThat(directory.has("drain-0ms", "plain-1", 2)).isFalse();
    assertThat(directory.has("drain-1ms", "brigade", 2)).isFalse();
  }

  @Test
  void aFaultyRunIsNotRunAgain() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);

    // When
    directory.save(SampleResults.run("brigade", 1, Map.of(), List.of("an order is missing")));

    // Then
    assertThat(directory.has("drain-0ms", "brigade", 1)).isTrue();
  }

  @Test
  void whatWasSavedIsReadBack() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);
    RunResult whole =
        SampleResults.run(
            "plain-1", 1, Map.of(Figure.START, 812.0, Figure.STEADY_RATE, 1e6 / 3), List.of());
    RunResult faulty =
        SampleResults.run("plain-1", 2, Map.of(), List.of("a \"quoted\" fault", "\u001b[2J é"));

    // When
    directory.save(faulty);
    directory.save(whole);

    // Then
    Results results = new ResultsDirectory(temporary).read();
    assertThat(results.runs()).containsExactly(whole, faulty);
    assertThat(results.scenarios()).containsExactly(SampleResults.DRAIN);
    assertThat(results.machines()).containsExactly(SampleResults.MACHINE);
    assertThat(results.scenarios().get(0).parameters().keySet())
        .containsExactly("orders", "keys", "partitions");
  }

  @Test
  void figuresStandInAFileInTheOrderInWhichTheyAreDeclared() throws IOException {
    // Given
    ResultsDirectory directory = SampleResults.full(temporary);

    // When
    String file = Files.readString(directory.path().resolve("drain-0ms/brigade/1.json"));

    // Then
    assertThat(file)
        .containsSubsequence(
            "STEADY_RATE",
            "START",
            "CPU_PER_ORDER",
            "BROKER_CPU_PER_ORDER",
            "ALLOCATION",
            "PEAK_RSS");
  }

  @Test
  void repetitionsAreInTheOrderOfTheirNumbers() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);

    // When
    for (int repetition : new int[] {10, 2, 1}) {
      directory.save(SampleResults.run("brigade", repetition, repetition));
    }

    // Then
    assertThat(directory.read().runs()).extracting(RunResult::repetition).containsExactly(1, 2, 10);
  }

  @Test
  void theSameWorkOnTheSameMachineGoesOn() {
    // Given
    ResultsDirectory directory = measured();
    Machine later = machine("AMD EPYC 7B13", "2190e5b", SampleResults.NOON.plusSeconds(3_600));

    // When
    directory.begin(later);
    directory.record(SampleResults.DRAIN);

    // Then
    assertThat(directory.read().machines()).containsExactly(SampleResults.MACHINE, later);
  }

  @Test
  void otherParametersAreRefusedAndChangeNothing() {
    // Given
    ResultsDirectory directory = measured();
    RecordedScenario other = drain("orders", "100,000", "keys", "10,000", "payload", "1 KiB");

    // When, then
    assertThatThrownBy(() -> directory.record(other))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContainingAll(
            "drain-0ms",
            "orders was 1,000,000, is 100,000",
            "partitions was 12, is not given",
            "payload was not given, is 1 KiB",
            "choose another directory, or delete " + temporary.resolve("drain-0ms"))
        .hasMessageNotContaining("keys");
    assertThat(directory.read().scenarios()).containsExactly(SampleResults.DRAIN);
  }

  @Test
  void parametersMayChangeAsLongAsNothingWasMeasured() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);
    RecordedScenario other = drain("orders", "7");

    // When
    directory.record(other);

    // Then
    assertThat(directory.read().scenarios()).containsExactly(other);
  }

  @Test
  void anotherMachineOrBuildIsRefused() {
    // Given
    ResultsDirectory directory = measured();

    // When, then
    assertThatThrownBy(() -> directory.begin(machine("Xeon", "2190e5b", SampleResults.NOON)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("(CPU was AMD EPYC 7B13, is Xeon): choose another directory");
    assertThatThrownBy(() -> directory.begin(machine("AMD EPYC 7B13", "abc", SampleResults.NOON)))
        .hasMessageContaining("(commit was 2190e5b, is abc)");
    assertThat(directory.read().machines()).hasSize(1);
  }

  @Test
  void anotherMachineMayBeginAsLongAsNothingWasMeasured() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);
    Machine other = machine("Xeon", "abc", SampleResults.NOON);

    // When
    directory.begin(other);

    // Then
    assertThat(directory.read().machines()).containsExactly(other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{\"scenario\": \"drain-0ms\", \"contender\": \"brigade\", \"repetition\": 1}",
        "{\"scenario\": \"../..\"}"
      })
  void aDamagedRunIsOneLineThatSaysWhichAndWhatToDo(String content) throws IOException {
    // Given
    ResultsDirectory directory = measured();
    Path file = temporary.resolve("drain-0ms/brigade/1.json");
    Files.writeString(file, content);

    // When, then
    assertThatThrownBy(directory::read)
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(file + " is damaged (")
        .hasMessageEndingWith(
            "): delete it and give the same command again, which repeats that run")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aRunInAnothersPlaceIsDamage() throws IOException {
    // Given
    ResultsDirectory directory = measured();
    Path copy = temporary.resolve("drain-0ms/brigade/2.json");
    Files.copy(temporary.resolve("drain-0ms/brigade/1.json"), copy);

    // When, then
    assertThatThrownBy(directory::read)
        .hasMessageContainingAll(copy.toString(), "it holds another run than its name says");
  }

  @Test
  void damageBesideTheRunsIsOneLineToo() throws IOException {
    // Given
    ResultsDirectory directory = measured();
    Files.writeString(temporary.resolve("scenarios.json"), "[{}]");

    // When, then
    assertThatThrownBy(directory::read)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContainingAll("scenarios.json is damaged", "put back a copy of it");
  }

  @Test
  void runsOfAScenarioThatNobodyKnowsAreDamage() throws IOException {
    // Given
    ResultsDirectory directory = measured();
    Files.delete(temporary.resolve("scenarios.json"));

    // When, then
    assertThatThrownBy(directory::read)
        .hasMessageContaining("scenarios.json is damaged (it does not name drain-0ms)");
  }

  @Test
  void runsOfAMachineThatNobodyKnowsAreDamage() throws IOException {
    // Given
    ResultsDirectory directory = measured();
    Files.delete(temporary.resolve("machine.json"));

    // When, then
    assertThatThrownBy(directory::read)
        .hasMessageContaining("machine.json is damaged (it is missing)");
    assertThatThrownBy(() -> directory.begin(SampleResults.MACHINE))
        .hasMessageContaining("machine.json is damaged (it is missing)");
  }

  @Test
  void aRepetitionBeforeTheFirstIsRefused() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);

    // When, then
    assertThatThrownBy(() -> directory.save(SampleResults.run("brigade", 0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDirectoryWithoutResultsSaysSo() {
    assertThatThrownBy(() -> new ResultsDirectory(temporary.resolve("none")).read())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("none holds no results");
  }

  @Test
  void whatAWriterThatDiedHasLeftIsNoRun() throws IOException {
    // Given
    ResultsDirectory directory = measured();
    Files.writeString(temporary.resolve("drain-0ms/brigade/.2.json.tmp"), "{\"scen");

    // When, then
    assertThat(directory.has("drain-0ms", "brigade", 2)).isFalse();
    assertThat(directory.read().runs()).hasSize(1);
  }

  @Test
  void nothingButWholeFilesIsLeft() throws IOException {
    // Given
    ResultsDirectory directory = measured();

    // When
    directory.save(SampleResults.run("brigade", 1, 60_000));

    // Then
    try (Stream<Path> files = Files.walk(temporary)) {
      assertThat(files.filter(Files::isRegularFile).map(temporary::relativize).map(Path::toString))
          .containsExactlyInAnyOrder("machine.json", "scenarios.json", "drain-0ms/brigade/1.json");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/b", "", ".hidden", "a b", "-x"})
  void aNameThatIsNoDirectorysIsRefused(String name) {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);

    // When, then
    assertThatThrownBy(() -> directory.save(SampleResults.run(name, 1, 1)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("'" + name + "' cannot be a name");
  }

  @Test
  void aFigureThatIsNoNumberIsRefused() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);

    // When, then
    assertThatThrownBy(() -> directory.save(SampleResults.run("brigade", 1, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(directory.has("drain-0ms", "brigade", 1)).isFalse();
  }

  @Test
  void aRunOfAScenarioThatWasNotRecordedIsRefused() {
    // Given
    ResultsDirectory directory = new ResultsDirectory(temporary);

    // When, then
    assertThatThrownBy(() -> directory.save(SampleResults.run("brigade", 1, 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  private ResultsDirectory measured() {
    ResultsDirectory directory = SampleResults.empty(temporary);
    directory.save(SampleResults.run("brigade", 1, 50_000));
    return directory;
  }

  private static RecordedScenario drain(String... parameters) {
    return new RecordedScenario(
        "drain-0ms",
        SampleResults.DRAIN.description(),
        SampleResults.parameters(parameters),
        SampleResults.DRAIN.columns());
  }

  private static Machine machine(String cpu, String commit, Instant startedAt) {
    Machine first = SampleResults.MACHINE;
    return new Machine(
        cpu,
        first.cpus(),
        first.memoryBytes(),
        first.system(),
        first.java(),
        first.kafka(),
        first.brigade(),
        commit,
        startedAt,
        List.of("brigade", "bench", "latency-2000"));
  }
}
