package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Commands;
import dev.brigade.orders.ExitCode;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

class BrigadeTest {
  /** A line that goes on in the next: the terminal breaks it once more. */
  private static final Pattern BROKEN = Pattern.compile("[^.:?\\n]\\n[^ \\n]");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"--version", "init --version", "producer generate --version"})
  void theVersionNamesBuildClientsAndJava(String arguments) {
    assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            brigade -> assertThat(brigade).matches("brigade \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"),
            clients -> assertThat(clients).matches("Kafka clients \\d+\\.\\d+\\.\\d+"),
            java -> assertThat(java).startsWith("Java " + System.getProperty("java.version")));
  }

  @Test
  void helpGoesToStdoutAndListsTheCommands() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines().map(line -> line.strip().split(" ")[0]))
        .contains("cluster", "init", "producer", "worker", "monitor")
        .doesNotContain("warm-up");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void helpIsBrokenIntoLinesByTheTerminalAlone() {
    List<String> texts = helpTexts(Brigade.commandLine(List.of("--help"))).toList();
    assertThat(texts).hasSizeGreaterThan(100);
    assertThat(texts).noneMatch(text -> BROKEN.matcher(text).find());
  }

  private static Stream<String> helpTexts(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    Stream<String[]> own =
        Stream.concat(
            Stream.of(spec.usageMessage().description(), spec.usageMessage().footer()),
            spec.args().stream().map(ArgSpec::description));
    return Stream.concat(
        own.map(lines -> String.join("\n", lines)),
        command.getSubcommands().values().stream().flatMap(BrigadeTest::helpTexts));
  }

  @Test
  void whatGoesIntoAPipeIsNotColoured() {
    run("--help");
    assertThat(out.toString()).doesNotContain("\u001b");
  }

  @Test
  void aMistypedCommandIsAUsageErrorWithASuggestion() {
    assertThat(run("prodcer", "generate")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualTo("brigade: no command 'prodcer', did you mean producer? (see brigade --help)\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void noCommandIsAUsageErrorOnOneLine() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void onlyTheCommandThatIsAskedForIsBuilt() {
    assertThat(Brigade.commandLine(List.of("init")).getSubcommands()).containsOnlyKeys("init");
    assertThat(Brigade.commandLine(List.of("--version")).getSubcommands()).isEmpty();
  }

  @Test
  @Timeout(60)
  void withoutTheKafkaServerTheCommandsThatStartBrokersAreNotThere() throws Exception {
    // Given
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("kafka_"))
            .collect(Collectors.joining(File.pathSeparator));

    // When
    String help = outputOf(classPath, "--help");
    String init = outputOf(classPath, "init", "--help");

    // Then
    assertThat(help.lines().map(line -> line.strip().split(" ")[0]))
        .contains("init", "producer", "worker", "monitor")
        .doesNotContain("cluster", "demo", "lab");
    assertThat(init).contains("--partitions");
  }

  private int run(String... args) {
    CommandLine brigade = Brigade.commandLine(List.of(args));
    brigade.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return Commands.run(brigade, args);
  }

  private static String outputOf(String classPath, String... args) throws Exception {
    List<String> command =
        ChildJvm.command(List.of(), ChildJvm.MAIN_CLASS, List.of(args)).stream()
            .map(word -> word.equals(System.getProperty("java.class.path")) ? classPath : word)
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(ExitCode.DONE);
    return output;
  }
}
