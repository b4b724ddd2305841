package dev.brigade.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0ms, PT0S",
    "250us, PT0.00025S",
    "20ms, PT0.02S",
    "5s, PT5S",
    "2m, PT2M",
    "24000h, PT24000H",
    "' 1h ', PT1H"
  })
  void a_whole_number_with_a_unit_is_a_duration(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "ms", "-1s", "1.5s", "5 s", "5S", "1e3ms", "9999999999999999s"})
  void anything_else_is_refused_with_an_example(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is not a duration")
        .hasMessageContaining("such as 20ms");
  }

  @Test
  void an_absurdly_long_one_is_refused() {
    assertThatThrownBy(() -> Durations.parse("999999999999999h"))
        .hasMessageContaining("too long: at most 24000h");
  }

  @Test
  void as_an_option_a_bad_one_is_a_usage_error_that_names_the_option() {
    StringWriter err = new StringWriter();

    int exit =
        Commands.run(
            new CommandLine(new Cooking()).setErr(new PrintWriter(err)), "--timeout", "soon");

    assertThat(exit).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .startsWith("cook: Invalid value for option '--timeout': 'soon' is not")
        .hasLineCount(1);
  }

  @Command(name = "cook")
  private static final class Cooking implements Callable<Integer> {
    @Option(names = "--timeout", converter = Durations.Converter.class)
    Duration timeout = Duration.ZERO;

    @Override
    public Integer call() {
      return ExitCode.DONE;
    }
  }
}
