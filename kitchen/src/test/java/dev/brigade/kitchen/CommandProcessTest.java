package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sun.misc.Signal;

@Timeout(60)
class CommandProcessTest {
  private final RunDirectory directory = RunDirectory.create("test");

  @AfterEach
  void deleteDirectory() {
    directory.close();
    assertThat(directory.path()).doesNotExist();
  }

  @Test
  void outputLogAndExitCodeAreTheProcesssOwn() throws Exception {
    // Given
    CommandProcess process = start("child", "say", "7");

    // When
    int exitCode = process.waitFor(Duration.ofSeconds(30)).orElseThrow();

    // Then
    assertThat(exitCode).isEqualTo(7);
    assertThat(Files.readString(process.output())).isEqualTo("to stdout\n");
    assertThat(Files.readString(process.log())).isEqualTo("to stderr\nlast words\n");
    assertThat(process.lastWords(1)).containsExactly("last words");
  }

  @Test
  void aChildToldToEndMayEndInItsOwnTime() throws Exception {
    // Given
    CommandProcess process = startWaiting();

    // When
    process.terminate();

    // Then
    assertThat(process.waitFor(Duration.ofSeconds(30))).hasValue(143);
    assertThat(process.lastWords(1)).containsExactly("drained");
  }

  @Test
  void aKilledChildIsGoneWhenKillReturns() throws Exception {
    // Given
    CommandProcess process = startWaiting();

    // When
    process.kill();

    // Then
    assertThat(process.isAlive()).isFalse();
    assertThat(process.onExit().join()).isEqualTo(137);
  }

  @Test
  void aChildLeavesAnInterruptToItsParent() throws Exception {
    // Given
    CommandProcess process = startWaiting();

    // When
    kill("-INT", process.pid());
    process.terminate();

    // Then
    assertThat(process.waitFor(Duration.ofSeconds(30))).hasValue(143);
    assertThat(Files.readString(process.log())).doesNotContain("interrupted");
  }

  @Test
  void aKilledParentLeavesNeitherChildNorRunDirectory() throws Exception {
    // Given
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                ParentMain.class.getName())
            .redirectError(Redirect.INHERIT)
            .start();
    BufferedReader answers = parent.inputReader();
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(Objects.requireNonNull(answers.readLine()))).orElseThrow();
    Path run = Path.of(Objects.requireNonNull(answers.readLine()));
    assertThat(run).isDirectory();

    // When
    parent.destroyForcibly();

    // Then
    child.onExit().get(30, TimeUnit.SECONDS);
    assertThat(run).doesNotExist();
  }

  private CommandProcess start(String name, String... arguments) {
    return CommandProcess.start(
        directory, name, List.of(), ChildMain.class.getName(), List.of(arguments));
  }

  private CommandProcess startWaiting() throws Exception {
    CommandProcess process = start("child", "wait");
    awaitOutput(process);
    return process;
  }

  static void awaitOutput(CommandProcess process) throws Exception {
    while (Files.size(process.output()) == 0) {
      assertThat(process.waitFor(Duration.ofMillis(20))).as("end of the child").isEmpty();
    }
  }

  private static void kill(String signal, long pid) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor()).isZero();
  }

  /** {@code say CODE}: speaks and ends; {@code wait}: speaks, then drains when told to end. */
  static final class ChildMain {
    public static void main(String[] args) throws Exception {
      ParentTie.holdIfChild();
      if (args[0].equals("say")) {
        System.err.println("to stderr");
        System.err.println("last words");
        System.out.println("to stdout");
        System.exit(Integer.parseInt(args[1]));
      }
      Signal.handle(new Signal("INT"), signal -> System.err.println("interrupted"));
      Signal.handle(
          new Signal("TERM"),
          signal -> {
            System.err.println("drained");
            System.exit(143);
          });
      System.out.println("ready");
      Thread.currentThread().join();
    }
  }

  static final class ParentMain {
    public static void main(String[] args) throws Exception {
      RunDirectory directory = RunDirectory.create("test");
      CommandProcess child =
          CommandProcess.start(
              directory, "child", List.of(), ChildMain.class.getName(), List.of("wait"));
      awaitOutput(child);
      System.out.println(child.pid());
      System.out.println(directory.path());
      Thread.currentThread().join();
    }
  }
}
