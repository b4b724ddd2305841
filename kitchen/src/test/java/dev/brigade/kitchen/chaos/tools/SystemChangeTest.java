package dev.brigade.kitchen.chaos.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemChangeTest {
  @Test
  void itLastsUntilItIsClosed(@TempDir Path directory) throws Exception {
    Path made = directory.resolve("a name with $1 in it");

    try (SystemChange change =
        SystemChange.make("echo noise; mkdir \"$1\"", "rmdir \"$1\"", made.toString())) {
      assertThat(made).isDirectory();
      change.close();
      assertThat(made).doesNotExist();
    }
  }

  @Test
  void itEndsWithTheJvmThatMadeIt(@TempDir Path directory) throws Exception {
    Path made = directory.resolve("made");
    Process jvm = ChildOfTest.start(ChangingJvm.class, made.toString());
    assertThat(jvm.inputReader().readLine()).isEqualTo("made");
    assertThat(made).isDirectory();

    jvm.destroyForcibly().waitFor();

    ChildOfTest.await(() -> !Files.exists(made));
  }

  /** Makes a directory for as long as it lives. */
  static final class ChangingJvm {
    public static void main(String[] args) throws Exception {
      SystemChange change = SystemChange.make("mkdir \"$1\"", "rmdir \"$1\"", args[0]);
      System.out.println("made");
      System.in.read();
      change.close();
    }
  }

  @Test
  void whatCannotBeMadeOrUndoneSaysWhy() throws Exception {
    assertThatThrownBy(() -> SystemChange.make("echo no chance >&2; false", "true"))
        .isInstanceOf(IOException.class)
        .hasMessage("no chance");
    assertThatThrownBy(() -> SystemChange.make("false", "true"))
        .hasMessage("not made, and no reason was given");
    SystemChange stuck = SystemChange.make("true", "echo stuck >&2; false");
    assertThatThrownBy(stuck::close).isInstanceOf(IOException.class).hasMessage("stuck");
  }

  @Test
  void commandsThatFailOrAreMissingSayWhy() {
    assertThatThrownBy(() -> SystemCommand.run("sh", "-c", "echo 'this  is' >&2; echo why; exit 3"))
        .hasMessage("sh: this is why");
    assertThatThrownBy(() -> SystemCommand.run("sh", "-c", "exit 3")).hasMessage("sh: exit code 3");
    assertThatThrownBy(() -> SystemCommand.run("no-such-command"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-command");
  }
}
