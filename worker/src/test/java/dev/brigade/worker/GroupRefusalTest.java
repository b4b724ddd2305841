package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers and groups that do not take the group protocol a worker asks for. */
class GroupRefusalTest {
  @TempDir Path directory;

  @Test
  void brokersWithoutTheConsumerProtocolAreNamedAsTheReason() {
    try (KafkaCluster cluster =
            KafkaCluster.builder()
                .inThisJvm()
                .property("group.coordinator.rebalance.protocols", "classic")
                .start();
        TestKitchen kitchen = new TestKitchen(cluster, 1);
        WorkerProcess worker = worker(kitchen, "consumer")) {
      assertThat(worker.awaitExit()).isEqualTo(1);
      assertThat(worker.log())
          .contains("\nworker: the brokers do not offer the consumer group protocol")
          .contains("use --group-protocol classic");
    }
  }

  @Test
  void aGroupOfTheOtherProtocolThatMayNotChangeRefusesTheWorker() {
    try (KafkaCluster cluster =
            KafkaCluster.builder()
                .inThisJvm()
                .property("group.consumer.migration.policy", "disabled")
                .start();
        TestKitchen kitchen = new TestKitchen(cluster, 1)) {
      refused(kitchen, "classic", "consumer");
      refused(kitchen, "consumer", "classic");
    }
  }

  private void refused(TestKitchen kitchen, String there, String comes) {
    try (WorkerProcess first = worker(kitchen, there)) {
      first.awaitLog("assigned [0]");
      try (WorkerProcess second = worker(kitchen, comes)) {
        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.log())
            .contains(
                "group " + kitchen.kitchen.chefsGroup() + " runs with the other group protocol")
            .contains("start with --group-protocol " + there);
      }
      first.stop();
    }
  }

  @Test
  void sessionTimesThatAreTheBrokersAreRefused() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.builder().inThisJvm().start();
        TestKitchen kitchen = new TestKitchen(cluster, 1)) {
      Path config = Files.writeString(directory.resolve("p"), "session.timeout.ms=7000\n");
      try (WorkerProcess worker =
          worker(kitchen, "consumer", "--command-config", config.toString())) {
        assertThat(worker.awaitExit()).isEqualTo(2);
        assertThat(worker.log())
            .contains("must not set session.timeout.ms with --group-protocol consumer");
      }
    }
  }

  private WorkerProcess worker(TestKitchen kitchen, String protocol, String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "--recipe";
    arguments[1] = "*=simulate:1ms";
    arguments[2] = "--group-protocol";
    arguments[3] = protocol;
    System.arraycopy(more, 0, arguments, 4, more.length);
    return WorkerProcess.start(directory, kitchen, arguments);
  }
}
