package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class RemainsTest {
  private final String mark = UUID.randomUUID().toString();
  private final Process bystander = start("other-mark", "exec sleep 600");
  private Process worker = bystander;

  @AfterEach
  void endAll() throws Exception {
    bystander.destroyForcibly();
    worker.destroyForcibly();
    new Remains(worker.pid(), mark).kill();
  }

  @Test
  void whatADeadWorkerStartedIsGoneAndNothingElse() throws Exception {
    // Given children in the worker's group, in a session of their own, and without the mark
    worker =
        start(
            mark,
            "sleep 600 & echo $!; setsid sleep 600 & echo $!; env -i sleep 600 & echo $!; read x");
    List<ProcessHandle> children =
        List.of(pid(worker), pid(worker), pid(worker)).stream()
            .map(pid -> ProcessHandle.of(pid).orElseThrow())
            .toList();
    worker.destroyForcibly().waitFor();
    assertThat(children).allMatch(ProcessHandle::isAlive);

    // When
    new Remains(worker.pid(), mark).kill();

    // Then: a killed one may take a moment until the system has taken note
    for (ProcessHandle child : children) {
      child.onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(bystander.isAlive()).isTrue();
  }

  @Test
  void whoLeavesNothingIsNoTrouble() throws Exception {
    worker = start(mark, "exit 0");
    worker.waitFor();

    new Remains(worker.pid(), mark).kill();

    assertThat(bystander.isAlive()).isTrue();
  }

  private static Process start(String mark, String script) {
    ProcessBuilder builder = new ProcessBuilder("setsid", "sh", "-c", script);
    builder.environment().put(Remains.VARIABLE, mark);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long pid(Process from) throws Exception {
    return Long.parseLong(from.inputReader().readLine());
  }
}
