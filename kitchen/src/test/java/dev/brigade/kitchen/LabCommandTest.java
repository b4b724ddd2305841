package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LabCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutANameTheLabsAreListed() {
    // When
    int exitCode = run();

    // Then
    assertThat(exitCode).isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("horizontal-scaling   Six chefs cook"),
            line -> assertThat(line).startsWith("fault-tolerance      Chefs fail half"));
  }

  @ParameterizedTest
  @CsvSource({
    "nope, , nope",
    "horizontal-scaling, --dish-time=0s, --dish-time must be 15ms to 1m",
    "horizontal-scaling, --dish-time=2m, --dish-time must be 15ms to 1m",
    "horizontal-scaling, --dish-time=soon, is not a duration",
    "fault-tolerance, --dishes=0, '--dishes must be 1 to 10000, but is 0'",
    "fault-tolerance, --dishes=-3, '--dishes must be 1 to 10000, but is -3'",
    "fault-tolerance, --dish-time=999us, --dish-time must be 1ms to 1m"
  })
  void wrongUsageIsToldInOneLineAndNothingIsStarted(String lab, String option, String words) {
    // When
    int exitCode = option == null ? run(lab) : run(lab, option);

    // Then
    assertThat(exitCode).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1).first().asString().contains(words);
  }

  @Test
  void theDefaultsAreTheTextbooks() {
    // Given
    HorizontalScalingLab scaling = new HorizontalScalingLab();
    FaultToleranceLab faults = new FaultToleranceLab();

    // When
    new CommandLine(scaling).parseArgs();
    new CommandLine(faults).parseArgs();

    // Then
    assertThat(scaling.dishTime).hasSeconds(3);
    assertThat(faults.dishes).isEqualTo(48);
    assertThat(faults.dishTime).hasMillis(500);
  }

  private int run(String... args) {
    CommandLine lab =
        new CommandLine(new LabCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return Commands.run(lab, args);
  }
}
