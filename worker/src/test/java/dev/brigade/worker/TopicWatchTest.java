package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.Meal;
import dev.brigade.orders.TopicInit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Topics that are deleted, made anew or given more partitions while a worker runs. */
@WithKafka
class TopicWatchTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void ordersMadeAnewEndTheWorkerAndNothingOfThemIsCommitted(
      GroupProtocol protocol, KafkaCluster cluster) throws Exception {
    Path done = directory.resolve("done");
    String slow = "burger=exec:while [ ! -e '" + done + "' ]; do sleep 0.05; done";
    try (TestKitchen kitchen = new TestKitchen(cluster, 1);
        WorkerProcess worker =
            WorkerProcess.start(
                directory,
                kitchen,
                "--recipe",
                slow,
                "--group-protocol",
                protocol.name().toLowerCase(Locale.ROOT))) {
      // Given an order that is being cooked, and dead letters past it
      kitchen.send(TestKitchen.order("slow", null));
      sendGarbage(kitchen, 100);
      kitchen.awaitEnds(100);
      // When orders is deleted, created anew and filled, and then the old order is done
      kitchen.admin().deleteTopics(List.of(kitchen.kitchen.orders())).all().get();
      worker.awaitLog("topic " + kitchen.kitchen.orders() + " is missing");
      TopicInit.run(kitchen.admin(), kitchen.kitchen, 1);
      sendGarbage(kitchen, 500);
      touch(done);
      // Then the worker ends and says why and what to do
      assertThat(worker.awaitExit()).isEqualTo(1);
      assertThat(worker.log())
          .contains("\nworker: topic " + kitchen.kitchen.orders() + " was deleted and created anew")
          .contains("set group " + kitchen.kitchen.chefsGroup() + " back");
      // And whoever comes next begins at the new topic's first order
      assertThat(kitchen.committed().values()).allMatch(offset -> offset == 0);
    }
  }

  @Test
  void aTopicThatStaysAwayEndsTheWorker(KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1);
        WorkerProcess worker =
            WorkerProcess.start(directory, kitchen, "--recipe", "*=simulate:1ms")) {
      worker.awaitLog("assigned [0]");
      kitchen.admin().deleteTopics(List.of(kitchen.kitchen.deadLetters())).all().get();
      assertThat(worker.awaitExit()).isEqualTo(1);
      assertThat(worker.log())
          .contains(
              "\nworker: topic " + kitchen.kitchen.deadLetters() + " was deleted (missing for")
          .contains("run brigade init --kitchen " + kitchen.kitchen.name());
    }
  }

  @ParameterizedTest
  @EnumSource
  void partitionsWithoutCounterpartWaitForItWhileTheOthersGoOn(
      GroupProtocol protocol, KafkaCluster cluster) throws Exception {
    // So few in flight that reading is paused and resumed for that reason all the time
    WorkerOptions options = TestWorker.options("w", protocol, 8);
    try (TestKitchen kitchen = new TestKitchen(cluster, 2);
        TestWorker worker =
            TestWorker.start(
                kitchen,
                options,
                (order, context) -> CookResult.cooked(),
                Map.of("metadata.max.age.ms", "500"))) {
      kitchen.awaitMembers(1);
      // When somebody adds partitions to orders alone
      kitchen.addPartitions(kitchen.kitchen.orders(), 4);
      sendToEach(kitchen, 4, 0, 200);
      kitchen.awaitActivity(
          "\"type\":\"blocked\",\"partitions\":[{\"partition\":2},{\"partition\":3}]");
      // Then only those are cooked that can have a meal, and nothing is committed of the others
      kitchen.awaitEnds(400);
      sendToEach(kitchen, 2, 200, 400);
      kitchen.awaitEnds(800);
      assertThat(kitchen.committed()).doesNotContainKeys(2, 3);
      // When the counterparts are added
      kitchen.addPartitions(kitchen.kitchen.meals(), 4);
      kitchen.addPartitions(kitchen.kitchen.deadLetters(), 4);
      // Then these are cooked as well, each once
      List<ConsumerRecord<byte[], byte[]>> ends = kitchen.awaitEnds(1_200);
      assertThat(kitchen.meals(ends)).extracting(Meal::completionId).doesNotHaveDuplicates();
      kitchen.awaitActivity("\"type\":\"unblocked\"");
      Awaitility.await()
          .until(() -> kitchen.committed().equals(Map.of(0, 400L, 1, 400L, 2, 200L, 3, 200L)));
      worker.drain();
    }
  }

  private static void sendToEach(TestKitchen kitchen, int partitions, int from, int to) {
    for (int i = from; i < to; i++) {
      for (int partition = 0; partition < partitions; partition++) {
        kitchen.sendTo(partition, TestKitchen.order(partition + "-" + i, null));
      }
    }
    kitchen.flush();
  }

  private static void sendGarbage(TestKitchen kitchen, int count) {
    for (int i = 0; i < count; i++) {
      kitchen.send(null, new byte[] {'x'});
    }
    kitchen.flush();
  }

  private static void touch(Path file) throws IOException {
    Files.createFile(file);
  }
}
