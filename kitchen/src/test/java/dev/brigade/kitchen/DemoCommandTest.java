package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoCommandTest {
  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @Test
  void itsDefaultsAreThreeWorkersOfFourChefsAndWhatKeepsThemBusy() {
    // Given
    DemoCommand command = new DemoCommand();

    // When
    new CommandLine(command).parseArgs();

    // Then
    assertThat(command.plan()).isEqualTo(new DemoPlan(3, 4, 1, 192, 4_992, 1));
    assertThat(command.plan().victim()).isEqualTo(2);
  }

  @Test
  void everySeedHasAVictim() {
    assertThat(new DemoPlan(3, 4, 1, 192, 100, -1).victim()).isEqualTo(3);
    assertThat(new DemoPlan(1, 4, 1, 192, 100, 7).victim()).isEqualTo(1);
    assertThat(new DemoPlan(3, 4, 1, 192, 100, Long.MIN_VALUE).victim()).isBetween(1, 3);
  }

  @Test
  void badNumbersAreRefusedInOneLine() {
    assertRefused("--workers must be 1 to 50, but is 0", "--workers", "0");
    assertRefused("--chefs must be 1 to 10000, but is -1", "--chefs", "-1");
    assertRefused("--rate must be 1 to 1000000 orders per second", "--rate", "NaN");
    assertRefused("--rate must be 1 to 1000000 orders per second", "--rate", "0");
    assertRefused("--duration must be 1s to 24h", "--duration", "10ms");
    assertRefused("--brokers: 0 brokers: expected 1 to 9", "--brokers", "0");
  }

  private void assertRefused(String why, String... arguments) {
    err.getBuffer().setLength(0);
    CommandLine command =
        new CommandLine(new DemoCommand())
            .setErr(new PrintWriter(err, true))
            .setOut(new PrintWriter(out, true));
    int exitCode = Commands.run(command, arguments);
    assertThat(err.toString().lines()).singleElement().asString().contains(why);
    assertThat(exitCode).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }
}
