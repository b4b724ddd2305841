package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ParentDeathTest {
  private static Parent killed;
  private static Parent killedWithFrozenBroker;
  private static Parent terminated;

  @BeforeAll
  static void startAllAtOnce() throws IOException {
    Process first = Parent.launch("run");
    Process second = Parent.launch("freeze");
    Process third = Parent.launch("run");
    killed = Parent.of(first);
    killedWithFrozenBroker = Parent.of(second);
    terminated = Parent.of(third);
  }

  @Test
  void aKilledParentLeavesNeitherBrokerNorTemporaryData() throws Exception {
    killed.process.destroyForcibly();

    killed.assertNothingLeft();
  }

  @Test
  void aKilledParentLeavesNoFrozenBrokerEither() throws Exception {
    killedWithFrozenBroker.process.destroyForcibly();

    killedWithFrozenBroker.assertNothingLeft();
  }

  @Test
  void aParentToldToEndTakesBrokerAndTemporaryDataWithIt() throws Exception {
    terminated.process.toHandle().destroy();

    assertThat(terminated.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(terminated.process.exitValue()).isEqualTo(143);
    assertThat(terminated.broker.isAlive()).isFalse();
    assertThat(terminated.data).doesNotExist();
  }

  /** Another JVM with a cluster of one broker process and temporary data. */
  private record Parent(Process process, ProcessHandle broker, Path data) {
    static Process launch(String how) throws IOException {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              ParentMain.class.getName(),
              how)
          .redirectError(Redirect.INHERIT)
          .start();
    }

    /** Returns when the broker serves clients, frozen or not. */
    static Parent of(Process process) throws IOException {
      BufferedReader answers = process.inputReader();
      String pid = answers.readLine();
      assertThat(pid).as("the broker's process id").isNotNull();
      return new Parent(
          process,
          ProcessHandle.of(Long.parseLong(pid)).orElseThrow(),
          Path.of(answers.readLine()));
    }

    void assertNothingLeft() throws Exception {
      assertThat(broker.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
      assertThat(data).doesNotExist();
    }
  }

  static final class ParentMain {
    public static void main(String[] args) throws Exception {
      KafkaCluster cluster = KafkaCluster.builder().start();
      if (List.of(args).contains("freeze")) {
        cluster.freeze(1);
      }
      System.out.println(cluster.pid(1).orElseThrow());
      System.out.println(cluster.dataDirectory());
      Thread.currentThread().join();
    }
  }
}
