package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.Meal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes and the signals that end them, on a real broker. */
@WithKafka
class WorkerProcessTest {
  @TempDir Path directory;

  @Test
  void aTerminatedWorkerFinishesWhatItCooksAndExitsWith143(KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 3);
        WorkerProcess first = worker(kitchen)) {
      kitchen.sendNumbered(0, 2_000);
      kitchen.awaitEnds(100);
      first.stop();
      // Then what it cooked is committed, so that its successor cooks nothing twice
      try (WorkerProcess second = worker(kitchen)) {
        kitchen.awaitEnds(2_000);
        second.signal("INT");
        assertThat(second.awaitExit()).isEqualTo(130);
      }
      assertThat(kitchen.meals(kitchen.endsInTheLog()))
          .hasSize(2_000)
          .extracting(Meal::completionId)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aSecondSignalStopsAtOnceAndExitsWith1(KafkaCluster cluster) {
    Path cooking = directory.resolve("cooking");
    String recipe = "*=exec:touch '" + cooking + "'; sleep 60";
    try (TestKitchen kitchen = new TestKitchen(cluster, 1);
        WorkerProcess worker = WorkerProcess.start(directory, kitchen, "--recipe", recipe)) {
      kitchen.send(TestKitchen.order("long", null));
      kitchen.flush();
      await(() -> Files.exists(cooking), worker);
      worker.signal("TERM");
      kitchen.awaitActivity("\"type\":\"draining\"");
      worker.signal("TERM");
      assertThat(worker.awaitExit()).isEqualTo(1);
    }
  }

  @Test
  void aMissingTopicIsRefusedNamingTheCommandThatCreatesIt(KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1)) {
      kitchen.admin().deleteTopics(List.of(kitchen.kitchen.meals())).all().get();
      try (WorkerProcess worker = worker(kitchen)) {
        assertThat(worker.awaitExit()).isEqualTo(1);
        assertThat(worker.log())
            .contains(kitchen.kitchen.meals() + " does not exist: run brigade init")
            .doesNotContain("\tat ");
      }
    }
  }

  private WorkerProcess worker(TestKitchen kitchen, String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "--recipe";
    arguments[1] = "*=simulate:4ms";
    arguments[2] = "--chefs";
    arguments[3] = "8";
    System.arraycopy(more, 0, arguments, 4, more.length);
    return WorkerProcess.start(directory, kitchen, arguments);
  }

  private static void await(BooleanSupplier condition, WorkerProcess worker) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .until(condition::getAsBoolean, happened -> happened || !worker.isAlive());
    assertThat(condition.getAsBoolean()).as("the worker ended: %s", worker.log()).isTrue();
  }
}
