package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Commands;
import dev.brigade.orders.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SuperviseCommandTest {
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "supervise -- --recipe *=simulate:1ms; --workers",
        "supervise --workers 0 -- --recipe *=simulate:1ms; --workers must be 1 to 1000, but is 0",
        "supervise --workers x -- --recipe *=simulate:1ms; --workers",
        "supervise --workers 2; no worker options: add them at the end",
        "supervise --workers 2 --recipe *=simulate:1ms; unknown option --recipe",
        "supervise --workers 2 --worker-id-prefix a/b -- --chefs 1; --worker-id-prefix must match",
        "supervise --workers 2 -- --worker-id a; use --worker-id-prefix before --",
        "supervise --workers 2 -- --kitchen=a; --kitchen stands behind --",
        "supervise --workers 2 -- --bootstrap-server a:1; give it before --",
        "supervise --workers 2 -- --command-config a; give it before --",
        "supervise --workers 2 -- --metrics-port 9400; 2 workers cannot share it: give 0",
        "supervise --workers 2 -- --metrics-port=9400; 2 workers cannot share it: give 0",
      })
  void badUsageIsOneLine(String line, String words) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines()).singleElement().asString().contains(words);
  }

  private int run(String... args) {
    CommandLine brigade = Brigade.commandLine(List.of(args));
    brigade.setErr(new PrintWriter(err, true));
    return Commands.run(brigade, args);
  }
}
