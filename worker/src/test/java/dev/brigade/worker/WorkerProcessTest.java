package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.Meal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes and the signals that end them, on a real broker. */
@WithKafka
class WorkerProcessTest {
  @TempDir Path directory;

  @Test
  void whatAKilledWorkerHeldIsCookedByTheLivingAndNothingIsLost(KafkaCluster cluster)
      throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 6);
        WorkerProcess killed = worker(kitchen, "--worker-id", "killed");
        WorkerProcess living = worker(kitchen, "--worker-id", "living")) {
      // Given two workers that both cook
      awaitLog(killed, "assigned [");
      awaitLog(living, "assigned [");
      kitchen.awaitMembers(2);
      sendNumbered(kitchen, 0, 3_000);
      kitchen.awaitEnds(
          records -> workers(kitchen.meals(records)).containsAll(Set.of("killed", "living")),
          "meals of both workers");
      // When one is killed in the middle
      killed.signal("KILL");
      sendNumbered(kitchen, 3_000, 3_200);
      // Then every order has its end all the same
      List<ConsumerRecord<byte[], byte[]>> ends =
          kitchen.awaitEnds(
              records -> completions(kitchen.meals(records)) == 3_200, "3,200 completions");
      // And each table's first completions are in log order
      assertFirstCompletionsInOrder(kitchen.meals(ends));
      living.signal("TERM");
      assertThat(living.awaitExit()).isEqualTo(143);
      assertThat(kitchen.committed()).isEqualTo(kitchen.ordersEnd());
    }
  }

  @Test
  void aTerminatedWorkerFinishesWhatItCooksAndExitsWith143(KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 3);
        WorkerProcess first = worker(kitchen)) {
      sendNumbered(kitchen, 0, 2_000);
      kitchen.awaitEnds(100);
      first.signal("TERM");
      assertThat(first.awaitExit()).isEqualTo(143);
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
  void aWorkerThatSleptTooLongCommitsNothingWhenItWakes(KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 4);
        WorkerProcess asleep = worker(kitchen, "--worker-id", "asleep")) {
      sendNumbered(kitchen, 0, 2_000);
      kitchen.awaitEnds(50);
      // When it is stopped for longer than its session and another takes over
      asleep.signal("STOP");
      try (WorkerProcess other = worker(kitchen, "--worker-id", "other")) {
        kitchen.awaitEnds(
            records -> completions(kitchen.meals(records)) == 2_000, "2,000 completions");
        asleep.signal("CONT");
        awaitLog(asleep, "lost [");
        // Then both go on together, and nothing is lost or out of order
        sendNumbered(kitchen, 2_000, 2_400);
        List<ConsumerRecord<byte[], byte[]>> ends =
            kitchen.awaitEnds(
                records -> completions(kitchen.meals(records)) == 2_400, "2,400 completions");
        assertFirstCompletionsInOrder(kitchen.meals(ends));
        asleep.signal("TERM");
        assertThat(asleep.awaitExit()).isEqualTo(143);
        other.signal("TERM");
        assertThat(other.awaitExit()).isEqualTo(143);
      }
      assertThat(kitchen.committed()).isEqualTo(kitchen.ordersEnd());
    }
  }

  @Test
  void theSecondHolderOfAWorkerIdEndsTheFirstWithExitCode5(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1);
        WorkerProcess first = worker(kitchen, "--worker-id", "same")) {
      awaitLog(first, "assigned [0]");
      try (WorkerProcess second = worker(kitchen, "--worker-id", "same")) {
        awaitLog(second, "assigned [0]");
        assertThat(first.awaitExit()).isEqualTo(5);
        assertThat(first.log()).contains("another worker holds this --worker-id");
        second.signal("TERM");
        assertThat(second.awaitExit()).isEqualTo(143);
      }
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

  private static void sendNumbered(TestKitchen kitchen, int from, int to) {
    for (int i = from; i < to; i++) {
      kitchen.send(TestKitchen.order(String.format("%06d", i), "t-" + i % 50));
    }
    kitchen.flush();
  }

  private static Set<String> workers(List<Meal> meals) {
    return meals.stream().map(Meal::worker).collect(Collectors.toSet());
  }

  private static long completions(List<Meal> meals) {
    return meals.stream().map(Meal::completionId).distinct().count();
  }

  private static void assertFirstCompletionsInOrder(List<Meal> meals) {
    Map<String, Long> last = new HashMap<>();
    Set<Object> seen = new HashSet<>();
    for (Meal meal : meals) {
      if (seen.add(meal.completionId())) {
        String key = meal.partition() + " " + meal.table();
        assertThat(meal.offset()).as(key).isGreaterThan(last.getOrDefault(key, -1L));
        last.put(key, meal.offset());
      }
    }
  }

  private static void awaitLog(WorkerProcess worker, String text) {
    await(() -> worker.log().contains(text), worker);
  }

  private static void await(BooleanSupplier condition, WorkerProcess worker) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .until(condition::getAsBoolean, happened -> happened || !worker.isAlive());
    assertThat(condition.getAsBoolean()).as("the worker ended: %s", worker.log()).isTrue();
  }
}
