package dev.brigade.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * In processes of their own, for a signal is for a whole process. One that ignores it (as whatever
 * nohup starts) leaves a test in a read that cannot be interrupted: hence the thread of its own.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptsTest {
  private final List<Process> started = new ArrayList<>();

  /** Works until it is told to stop, and then, if told so, never ends. */
  static final class Worker {
    public static void main(String[] args) throws InterruptedException {
      CountDownLatch stopped = new CountDownLatch(1);
      Interrupts interrupts = Interrupts.install();
      interrupts.onStop(stopped::countDown);
      interrupts.onStop(
          () -> {
            throw new IllegalStateException("this part cannot stop");
          });
      interrupts.onStop(() -> System.out.println("told to stop"));
      System.out.println("ready " + interrupts.isStopping() + " " + interrupts.exitCodeOr(7));
      stopped.await();
      interrupts.onStop(() -> System.out.println("late"));
      System.out.println("stopping " + interrupts.isStopping());
      if (args[0].equals("hang")) {
        new CountDownLatch(1).await();
      }
      System.exit(interrupts.exitCodeOr(7));
    }
  }

  @AfterEach
  void endWhatWasStarted() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void terminatedAfterACleanStopIs143() throws Exception {
    // Given
    Process worker = start("drain");
    BufferedReader out = worker.inputReader(UTF_8);
    assertThat(out.readLine()).isEqualTo("ready false 7");

    // When
    signal("TERM", worker);

    // Then
    assertThat(out.lines()).containsExactly("told to stop", "late", "stopping true");
    assertThat(worker.waitFor()).isEqualTo(143);
  }

  @Test
  void interruptedAfterACleanStopIs130() throws Exception {
    Process worker = start("drain");
    BufferedReader out = worker.inputReader(UTF_8);
    assertThat(out.readLine()).isEqualTo("ready false 7");

    signal("INT", worker);

    assertThat(out.lines()).containsExactly("told to stop", "late", "stopping true");
    assertThat(worker.waitFor()).isEqualTo(130);
  }

  @Test
  void aSecondSignalEndsItAtOnceWith1() throws Exception {
    // Given
    Process worker = start("hang");
    BufferedReader out = worker.inputReader(UTF_8);
    assertThat(out.readLine()).isEqualTo("ready false 7");
    signal("INT", worker);
    assertThat(out.readLine()).isEqualTo("told to stop");
    assertThat(out.readLine()).isEqualTo("late");
    assertThat(out.readLine()).isEqualTo("stopping true");

    // When
    signal("TERM", worker);

    // Then
    assertThat(worker.waitFor()).isEqualTo(1);
  }

  private Process start(String mode) throws IOException {
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                mode)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(worker);
    return worker;
  }

  private static void signal(String name, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
