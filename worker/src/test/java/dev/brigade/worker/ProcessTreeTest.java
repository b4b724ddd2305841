package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ProcessTreeTest {
  private final List<Process> started = new ArrayList<>();
  private final Path alive;
  private final Path pid;
  private final Path sleeper;

  ProcessTreeTest(@TempDir Path directory) throws Exception {
    alive = Processes.fifo(directory, "alive");
    pid = Processes.fifo(directory, "pid");
    sleeper = Processes.sleeper(directory, pid);
  }

  @AfterEach
  void endAll() {
    Processes.killHolders(alive);
    started.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @CsvSource({
    "an orphan in another session by its mark, (setsid SLEEPER &) ; sleep 600",
    "an orphan without the mark by its session, (env -i SLEEPER &) ; sleep 600",
    "a child without mark in another session by its parent, env -i setsid SLEEPER; true",
  })
  void findsAndKills(String what, String command) throws Exception {
    Process root = start("m.1", command);
    long last = Processes.readPid(pid);
    assertThat(Processes.holders(alive)).as(what).contains(last);

    new ProcessTree(root, "m.1").kill();

    assertThat(Processes.holders(alive)).as(what).isEmpty();
    assertThat(root.isAlive()).isFalse();
  }

  @Test
  void findsOrphansOfACommandThatHasEnded() throws Exception {
    Process root = start("m.1", "(setsid SLEEPER &) ; (env -i sleep 600 &) ; :");
    Processes.readPid(pid);
    root.waitFor();
    assertThat(Processes.holders(alive)).isNotEmpty();

    new ProcessTree(root, "m.1").kill();

    assertThat(Processes.holders(alive)).isEmpty();
  }

  @Test
  void leavesACommandAloneWhoseMarkOnlyBeginsAlike() throws Exception {
    Process root = start("m.1", "sleep 600");
    Process other = start("m.12", "exec SLEEPER");
    Processes.readPid(pid);

    new ProcessTree(root, "m.1").kill();

    assertThat(other.isAlive()).isTrue();
    assertThat(root.isAlive()).isFalse();
  }

  private Process start(String mark, String command) throws Exception {
    String script = "exec 9<>" + alive + "; " + command.replace("SLEEPER", sleeper.toString());
    ProcessBuilder builder =
        new ProcessBuilder(ExecGuard.inOwnSession("sh", "-c", script))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put(ExecGuard.VARIABLE, mark);
    Process process = builder.start();
    started.add(process);
    return process;
  }
}
