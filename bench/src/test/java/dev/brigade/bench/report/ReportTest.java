package dev.brigade.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.bench.RunResult;
import dev.brigade.orders.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportTest {
  private static final String HOSTILE = "| a | <script> [x](y) `c` \u001b[2J\r\n# b \\ é";

  @TempDir Path temporary;

  @ParameterizedTest
  @MethodSource("reports")
  void theSameRunsMakeTheSameReportInWhateverOrderTheyCame(
      BiConsumer<ResultsDirectory, PrintWriter> report) {
    // Given
    ResultsDirectory one = SampleResults.full(temporary.resolve("one"));
    ResultsDirectory other = new ResultsDirectory(temporary.resolve("other"));
    Results results = one.read();
    results.machines().forEach(other::begin);
    backwards(results.scenarios()).forEach(other::record);
    backwards(results.contenders()).forEach(other::record);
    backwards(results.runs()).forEach(other::save);

    // When, then
    assertThat(text(report, one)).isEqualTo(text(report, one)).isEqualTo(text(report, other));
  }

  static Stream<BiConsumer<ResultsDirectory, PrintWriter>> reports() {
    return Stream.of(Report::text, Report::json, Report::html, Report::markdown);
  }

  @Test
  void textFitsATerminalOf120Columns() {
    assertThat(text(Report::text, SampleResults.full(temporary)).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
  }

  @Test
  void textIsForAnyTerminal() {
    // Given
    ResultsDirectory directory = hostile();

    // When
    String text = text(Report::text, directory);

    // Then
    assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(text)).isTrue();
    assertThat(text.lines().flatMapToInt(String::chars)).noneMatch(Character::isISOControl);
    assertThat(text).contains("faulty: mine run 1: | a | <script> [x](y) `c` ?[2J??# b \\ ?");
  }

  @Test
  void textTellsFiguresRangesRunsAndFaults() {
    // When
    String text = text(Report::text, SampleResults.full(temporary));

    // Then
    assertThat(text.lines().map(String::strip))
        .contains("faulty: share run 4: 1 order has no meal")
        .anySatisfy(
            line -> assertThat(line).matches("brigade +5 +58,912 \\(57,086-60,326\\) +1,310 .*"))
        .anySatisfy(line -> assertThat(line).matches("mine +0( +-)+"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches("missed +0.31 x +>= 1.00 x +>= 1.20 x +steady: of the fastest .*"));
  }

  @Test
  void markdownKeepsItsRowsWhateverContendersSay() {
    // Given
    ResultsDirectory directory = hostile();

    // When
    String markdown = text(Report::markdown, directory);

    // Then
    assertThat(markdown)
        .contains(
            "- mine, run 1: \\| a \\| &#60;script&#62; \\[x\\](y) \\`c\\` \uFFFD\\[2J\uFFFD\uFFFD"
                + "\\# b \\\\ é\n")
        .doesNotContain("<", "\u001b");
  }

  @Test
  void markdownRowsHaveAsManyCellsAsTheirHeadings() {
    // When
    List<String> lines = text(Report::markdown, SampleResults.full(temporary)).lines().toList();

    // Then
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).startsWith("|") && lines.get(i - 1).startsWith("|")) {
        assertThat(cells(lines.get(i))).isEqualTo(cells(lines.get(i - 1)));
      }
    }
  }

  @Test
  void remarksStandUnderTheTableAndAreShownAsTheyAre() {
    // Given
    ResultsDirectory directory = SampleResults.empty(temporary);
    directory.save(SampleResults.remarking("brigade", "left: 7 | <b>"));

    // When, then
    assertThat(text(Report::text, directory)).contains("  brigade run 1: left: 7 | <b>\n");
    assertThat(text(Report::markdown, directory))
        .contains("\n\nbrigade, run 1: left: 7 \\| &#60;b&#62;\n");
    assertThat(text(Report::html, directory)).contains("brigade, run 1: left: 7 | &lt;b&gt;</p>");
  }

  @Test
  void jsonHoldsEverything() throws Exception {
    // Given
    ResultsDirectory directory = SampleResults.full(temporary);

    // When
    JsonNode json = Json.MAPPER.readTree(text(Report::json, directory));

    // Then
    assertThat(json.at("/machines/0/cpu").asText()).isEqualTo("AMD EPYC 7B13");
    assertThat(json.at("/scenarios/0/parameters/orders").asText()).isEqualTo("1,000,000");
    assertThat(json.at("/scenarios/0/contenders/0/name").asText()).isEqualTo("plain-12");
    assertThat(json.at("/scenarios/0/contenders/0/figures/STEADY_RATE/runs").asInt()).isEqualTo(5);
    assertThat(json.at("/goals/0/verdict").asText()).isEqualTo("missed");
    assertThat(json.at("/goals/0/theirs/contender").asText()).isEqualTo("plain-12");
    assertThat(json.at("/goals/2/missing/0").asText()).isEqualTo("not run in drain-0ms: decaton");
    assertThat(json.at("/figures/START/unit").asText()).isEqualTo("ms");
    assertThat(Stream.of(Json.MAPPER.treeToValue(json.get("runs"), RunResult[].class)).toList())
        .isEqualTo(directory.read().runs());
  }

  private ResultsDirectory hostile() {
    ResultsDirectory directory = SampleResults.empty(temporary);
    directory.save(SampleResults.run("mine", 1, Map.of(), List.of(HOSTILE)));
    return directory;
  }

  private static long cells(String row) {
    return row.replace("\\|", "").chars().filter(c -> c == '|').count();
  }

  private static <T> List<T> backwards(List<T> list) {
    List<T> backwards = new ArrayList<>(list);
    Collections.reverse(backwards);
    return backwards;
  }

  private static String text(
      BiConsumer<ResultsDirectory, PrintWriter> report, ResultsDirectory directory) {
    StringWriter text = new StringWriter();
    report.accept(directory, new PrintWriter(text));
    return text.toString();
  }
}
