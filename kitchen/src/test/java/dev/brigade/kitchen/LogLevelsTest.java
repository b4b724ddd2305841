package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(60)
class LogLevelsTest {
  @Test
  void byDefaultTheLogTellsWhatBrigadeDoesAndWhereTheLibrariesFail() throws Exception {
    assertThat(logOf())
        .containsExactly("own ERROR", "own WARN", "own INFO", "library ERROR", "library WARN");
  }

  @Test
  void quietLeavesErrorsOnly() throws Exception {
    assertThat(logOf("--quiet")).containsExactly("own ERROR", "library ERROR");
  }

  @Test
  void verboseTellsMore() throws Exception {
    assertThat(logOf("--verbose"))
        .containsExactly(
            "own ERROR",
            "own WARN",
            "own INFO",
            "own DEBUG",
            "library ERROR",
            "library WARN",
            "library INFO");
  }

  @Test
  void aLevelGivenToTheJvmStays() throws Exception {
    assertThat(logOf(List.of("-Dorg.slf4j.simpleLogger.log.dev.brigade=warn"), "--verbose"))
        .contains("own ERROR", "library INFO")
        .doesNotContain("own INFO");
  }

  private static List<String> logOf(String... args) throws Exception {
    return logOf(List.of(), args);
  }

  /** In a JVM of its own: the levels are read once. */
  private static List<String> logOf(List<String> flags, String... args) throws Exception {
    Process process =
        new ProcessBuilder(ChildJvm.command(flags, Main.class.getName(), List.of(args)))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String log = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(log).isZero();
    assertThat(log.lines()).allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} .*"));
    return log.lines().map(line -> line.replaceFirst(".* (?=own|library)", "")).toList();
  }

  static final class Main {
    public static void main(String[] args) {
      LogLevels.set(List.of(args));
      say(LoggerFactory.getLogger(Main.class), "own");
      say(LoggerFactory.getLogger("org.apache.kafka.clients.Metadata"), "library");
    }

    private static void say(Logger log, String who) {
      log.error("{} ERROR", who);
      log.warn("{} WARN", who);
      log.info("{} INFO", who);
      log.debug("{} DEBUG", who);
    }
  }
}
