package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example as its README tells to run it, on the distribution that this build has made. */
@Timeout(300)
class ChecksumsExampleIT {
  private static final Path RECIPE = ExampleRun.EXAMPLES.resolve("checksums/checksum.sh");
  private static final int PLAIN_FILES = 190;

  /** Each a file name by itself; the last is no UTF-8 and made by a shell. */
  private static final List<String> ODD_NAMES =
      List.of(
          "two words",
          " blanks around ",
          "\"quoted\" 'twice'",
          "back\\slash \\n \\x41",
          "100 % %41",
          "line\nbreak",
          "line break at the end\n",
          "tab\there",
          "$(touch created) `touch created` ; touch created",
          "-rf",
          "*",
          "caf\u00e9 \u2603 \ud83c\udf73");

  private static final int NAMES_NOT_UTF_8 = 1;

  @TempDir Path temporary;
  private Path files;

  @BeforeEach
  void makeFiles() throws Exception {
    files = Files.createDirectories(temporary.resolve("files in here"));
    for (int number = 1; number <= PLAIN_FILES; number++) {
      Path directory = Files.createDirectories(files.resolve("d" + number % 7));
      Files.writeString(directory.resolve("file-" + number), "x".repeat(number * 37));
    }
    shell(
        "for name; do printf '%s' \"content of $name\" >\"./$name\"; done;"
            + " printf 1 >\"$(printf 'no\\377utf8')\"; : >empty; ln -s empty link",
        ODD_NAMES);
  }

  /** The JVM may run in a locale that cannot write these names itself. */
  private void shell(String script, List<String> arguments) throws Exception {
    Path list = temporary.resolve("names");
    Files.write(list, String.join("\0", arguments).concat("\0").getBytes(StandardCharsets.UTF_8));
    int exitCode =
        new ProcessBuilder("xargs", "-0", "-a", list.toString(), "sh", "-c", script, "sh")
            .directory(files.toFile())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(exitCode).isZero();
  }

  private ExampleRun start(Path recipe, String... arguments) throws IOException {
    return ExampleRun.start(
        temporary, "checksums", Map.of("CHECKSUM_RECIPE", recipe.toString()), arguments);
  }

  @Test
  void everyFileWhateverItsNameHasItsRightChecksum() throws Exception {
    // Given
    int expected = PLAIN_FILES + ODD_NAMES.size() + NAMES_NOT_UTF_8 + 1;

    // When
    try (ExampleRun run = start(RECIPE, files.toString())) {
      int exitCode = run.awaitEnd();

      // Then
      assertThat(exitCode).as(run.log()).isZero();
      assertThat(run.output())
          .contains(expected + " regular files")
          .contains(expected + " equal, 0 different, 0 missing, 0 cooked twice")
          .contains("worker-1 ", "worker-2 ", "worker-3 ");
      assertThat(files.resolve("created")).doesNotExist();
      run.assertNothingLeft();
    }
  }

  @Test
  void wrongAndMissingChecksumsAreFound() throws Exception {
    // Given
    Path recipe =
        Files.writeString(
            temporary.resolve("faulty.sh"),
            """
            read -r path
            case $path in
              *file-50?) echo '"0000"' ;;
              *file-51?) exit 65 ;;
              *) printf '%s' "$path" | sh '"""
                + RECIPE
                + """
            ' ;;
            esac
            """);

    // When
    try (ExampleRun run = start(recipe, "--limit", "150", files.toString())) {
      int exitCode = run.awaitEnd();

      // Then
      assertThat(exitCode).as(run.log()).isEqualTo(1);
      assertThat(run.output()).contains("148 equal, 1 different, 1 missing, 0 cooked twice");
      assertThat(run.log()).contains("dead letter (rejected)", "file-51", "0000");
      run.assertNothingLeft();
    }
  }

  @Test
  void anInterruptedRunLeavesNothing() throws Exception {
    try (ExampleRun run = start(RECIPE, files.toString())) {
      // Given
      run.awaitLog("starting 3 workers");

      // When
      run.terminate();

      // Then
      assertThat(run.awaitEnd()).as(run.log()).isEqualTo(143);
      run.assertNothingLeft();
    }
  }
}
