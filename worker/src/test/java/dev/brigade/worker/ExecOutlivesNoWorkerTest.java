package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.ExitCode;
import java.io.BufferedReader;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands of a worker that is a process of its own, leading its own process group. */
@Timeout(120)
class ExecOutlivesNoWorkerTest {
  private final Path alive;
  private final Path pid;
  private final Path go;
  private final Path sleeper;
  private @Nullable Process worker;

  ExecOutlivesNoWorkerTest(@TempDir Path directory) throws Exception {
    alive = Processes.fifo(directory, "alive");
    pid = Processes.fifo(directory, "pid");
    go = Processes.fifo(directory, "go");
    sleeper = Processes.sleeper(directory, pid);
  }

  @AfterEach
  void endWorker() {
    if (worker != null) {
      worker.destroyForcibly();
    }
    Processes.killHolders(alive);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SLEEPER",
        "trap '' TERM INT HUP; SLEEPER; true",
        "setsid SLEEPER",
        "(setsid SLEEPER >/dev/null 2>&1 </dev/null &) ; sleep 600",
        "(env -i SLEEPER >/dev/null 2>&1 </dev/null &) ; sleep 600",
      })
  void aWorkersSuddenDeathEndsItsCommands(String command) throws Exception {
    // Given a worker whose command runs, watched by the guard
    Process started = start(command.replace("SLEEPER", sleeper.toString()));
    long last = Processes.readPid(pid);
    assertThat(Processes.holders(alive)).contains(last);
    ProcessHandle guard = Processes.guards(started.toHandle()).get(0);

    // When the worker is killed
    started.destroyForcibly().waitFor();

    // Then all of the command ends, and the guard after it
    assertThat(Processes.becomes(() -> Processes.holders(alive).isEmpty())).isTrue();
    assertThat(Processes.becomes(() -> Processes.isGone(guard.pid()))).isTrue();
  }

  @Test
  void theTerminalsCtrlCLeavesTheCommandToItsEnd() throws Exception {
    // Given a worker whose command waits for a word
    Process started = start("echo $$ >" + pid + "; read word <" + go + "; echo $word");
    Processes.readPid(pid);
    BufferedReader output = started.inputReader();

    // When SIGINT goes to the worker's whole process group, as the terminal sends it
    signalGroup("INT", started.pid());
    assertThat(output.readLine()).isEqualTo("stopping");

    // Then the command has cooked what it was told afterwards, and all has ended
    try (FileChannel word = Processes.write(go, "well\n")) {
      assertThat(word.isOpen()).isTrue();
      assertThat(output.readLine()).isEqualTo("Cooked[result=\"well\"]");
    }
    assertThat(started.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(Processes.holders(alive)).isEmpty();
  }

  private Process start(String command) throws Exception {
    List<String> line = new ArrayList<>(List.of("setsid"));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(CookOneOrder.class.getName());
    line.add("exec:exec 9<>" + alive + "; " + command);
    worker = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return worker;
  }

  private static void signalGroup(String signal, long leader) throws Exception {
    String kill = "kill -s " + signal + " -- -" + leader;
    assertThat(new ProcessBuilder("sh", "-c", kill).inheritIO().start().waitFor()).isZero();
  }
}
