package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.Meal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of a worker's id for which nobody answers, and what the worker does then. */
@WithKafka
class RejoinTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void aWorkerWhoseOwnLateRequestPutItOutJoinsAgainAndGoesOn(
      Delivery delivery, KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 2);
        WorkerProcess worker =
            WorkerProcess.start(
                directory,
                kitchen,
                WorkerProcess.memberArguments(
                    GroupProtocol.CLASSIC,
                    "cut-off",
                    "--delivery",
                    delivery.toString(),
                    "--metrics-port",
                    "0"))) {
      // Given a worker in the middle of its work
      worker.awaitLog("assigned [0, 1]");
      kitchen.sendNumbered(0, 3_000);
      kitchen.awaitEnds(50);
      // When a request to join arrives of which it does not know
      joinAndVanish(kitchen, "cut-off");
      // Then it takes its place again, and every order has its end
      worker.awaitLog("joining again");
      kitchen.sendNumbered(3_000, 3_200);
      List<Meal> meals = kitchen.awaitCompletions(3_200);
      TestKitchen.assertFirstCompletionsInOrder(meals);
      // And what it shows is of the worker that works
      String server = worker.metricsServer();
      assertThat(RawHttp.get(server, "/health/ready").status()).isEqualTo(200);
      assertThat(
              RawHttp.get(server, "/metrics")
                  .sample(
                      "brigade_partitions_assigned{kitchen=\"" + kitchen.kitchen.name() + "\"}"))
          .isEqualTo(2);
      worker.stop();
      kitchen.assertAllCommitted();
    }
  }

  /** With the consumer protocol a group refuses who it remembers, until that session is over. */
  @Test
  void aWorkerThatIsRefusedAfterItWasInTriesUntilTheOtherSessionIsOver(KafkaCluster cluster)
      throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 2);
        WorkerProcess worker = consumerProtocolWorker(kitchen)) {
      // Given one whose place another has taken that died
      sleepUntilForgotten(worker, kitchen);
      try (WorkerProcess other = consumerProtocolWorker(kitchen)) {
        other.awaitLog("assigned [0, 1]");
        other.signal("KILL");
        other.awaitDeath();
      }
      // When it wakes up
      worker.signal("CONT");
      worker.awaitLog("joining again");
      // Then it is let in when that session is over
      kitchen.sendNumbered(0, 200);
      kitchen.awaitCompletions(200);
      worker.stop();
      kitchen.assertAllCommitted();
    }
  }

  /** In the middle of asking to join again, and between two times of asking. */
  @ParameterizedTest
  @ValueSource(strings = {"FencedInstanceIdException", "UnreleasedInstanceIdException"})
  void aWorkerThatIsToldToStopWhileItIsRefusedEndsInGoodOrder(
      String refusal, KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 2);
        WorkerProcess worker = consumerProtocolWorker(kitchen)) {
      sleepUntilForgotten(worker, kitchen);
      try (WorkerProcess other = consumerProtocolWorker(kitchen)) {
        other.awaitLog("assigned [0, 1]");
        worker.signal("CONT");
        worker.awaitLog("joining again");
        worker.awaitLog(refusal);
        // It has nothing to finish, so its stop is a clean one
        worker.stop();
        other.stop();
      }
    }
  }

  private WorkerProcess consumerProtocolWorker(TestKitchen kitchen) {
    return WorkerProcess.start(
        directory, kitchen, WorkerProcess.memberArguments(GroupProtocol.CONSUMER, "asleep"));
  }

  private static void sleepUntilForgotten(WorkerProcess worker, TestKitchen kitchen) {
    worker.awaitLog("assigned [0, 1]");
    worker.signal("STOP");
    Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> kitchen.members() == 0);
  }

  private static void joinAndVanish(TestKitchen kitchen, String workerId) {
    Map<String, Object> config = new HashMap<>(kitchen.clientConfig());
    config.put("group.id", kitchen.kitchen.chefsGroup());
    config.put("group.instance.id", workerId);
    config.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    config.put("session.timeout.ms", 6_000);
    config.put("enable.auto.commit", false);
    KafkaConsumer<byte[], byte[]> late =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    late.subscribe(List.of(kitchen.kitchen.orders()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              late.poll(Duration.ofMillis(50));
              return !late.groupMetadata().memberId().isEmpty();
            });
    late.close(
        CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP)
            .withTimeout(Duration.ofSeconds(5)));
  }
}
