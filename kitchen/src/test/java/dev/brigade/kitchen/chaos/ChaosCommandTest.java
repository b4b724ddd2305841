package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ChaosCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --minutes=0            | --minutes must be more than 0 and at most 1440
          --minutes=NaN          | --minutes must be more than 0 and at most 1440
          --rate=0               | --rate must be 1 to 100000 orders per second
          --brokers=0            | --brokers must be 1 to 9, but is 0
          --workers=-1           | --workers must be 1 to 50, but is -1
          --delivery=twice       | --delivery must be one of at-least-once, exactly-once, but is 'twice'
          --ordering=table       | --ordering must be one of key, partition, none, but is 'table'
          --recipe=stew          | --recipe must be DISH=SPEC, but is 'stew'
          --scenario=meteor      | no scenario 'meteor'
          --profile=gentle       | gentle
          --results=/proc/nowhere | --results: cannot make /proc/nowhere
          """)
  void wrongUsageIsToldInOneLineAndNothingIsStarted(String option, String words) {
    // When
    int exitCode = run(option);

    // Then
    assertThat(exitCode).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1).first().asString().contains(words);
  }

  @Test
  void aScenarioThatIsNotPossibleIsRefused() {
    // When
    int exitCode = run("--scenario=transaction-coordinator-kill");

    // Then
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).contains("is not possible with at-least-once");
  }

  @Test
  void scenariosAreListedWithTheirBounds() {
    // When
    int exitCode = run("scenarios", "--list");

    // Then
    assertThat(exitCode).isZero();
    assertThat(out.toString().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("worker-kill ", "progress within 9.0 s", "progress within 14.0 s"));
  }

  private int run(String... arguments) {
    CommandLine command = new CommandLine(new ChaosCommand());
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return Commands.run(command, arguments);
  }
}
