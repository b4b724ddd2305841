package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentDeathTest {
  @Test
  void aKilledParentLeavesNeitherBrokerNorTemporaryData() throws Exception {
    // Given
    Parent parent = Parent.start("run");

    // When
    parent.process.destroyForcibly();

    // Then
    parent.assertNothingLeft();
  }

  @Test
  void aKilledParentLeavesNoFrozenBrokerEither() throws Exception {
    // Given
    Parent parent = Parent.start("freeze");

    // When
    parent.process.destroyForcibly();

    // Then
    parent.assertNothingLeft();
  }

  @Test
  void aParentToldToEndTakesBrokerAndTemporaryDataWithIt() throws Exception {
    // Given
    Parent parent = Parent.start("run");

    // When
    parent.process.toHandle().destroy();

    // Then
    assertThat(parent.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(parent.process.exitValue()).isEqualTo(143);
    assertThat(parent.broker.isAlive()).isFalse();
    assertThat(parent.data).doesNotExist();
  }

  @Test
  void aBrokerLeavesAnInterruptToItsParent() throws Exception {
    // Given
    try (KafkaCluster cluster = KafkaCluster.builder().start();
        Client client = new Client(cluster)) {
      String pid = Long.toString(cluster.pid(1).orElseThrow());

      // When
      assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();

      // Then
      client.createTopic("after-interrupt");
      client.send("after-interrupt", "still here");
      assertThat(cluster.isRunning(1)).isTrue();
    }
  }

  /** Another JVM with a cluster of one broker process and temporary data. */
  private record Parent(Process process, ProcessHandle broker, Path data) {
    static Parent start(String how) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ParentMain.class.getName(),
                  how)
              .redirectError(Redirect.INHERIT)
              .start();
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
