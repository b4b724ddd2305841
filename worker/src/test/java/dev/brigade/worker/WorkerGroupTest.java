package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.Activity;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.Meal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that die, freeze, come and go while orders flow, with each group protocol. */
@WithKafka
class WorkerGroupTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void whatAKilledWorkerHeldIsCookedByTheLivingAndNothingIsLost(
      GroupProtocol protocol, KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 6);
        CommittedOffsets never = new CommittedOffsets(kitchen);
        WorkerProcess killed = worker(kitchen, protocol, "killed");
        WorkerProcess living = worker(kitchen, protocol, "living")) {
      // Given two workers that both cook
      killed.awaitLog("assigned [");
      living.awaitLog("assigned [");
      kitchen.awaitMembers(2);
      kitchen.sendNumbered(0, 3_000);
      kitchen.awaitEnds(
          records -> workers(kitchen.meals(records)).containsAll(Set.of("killed", "living")),
          "meals of both workers");
      // When one is killed in the middle
      killed.signal("KILL");
      kitchen.sendNumbered(3_000, 3_200);
      // Then every order has its end all the same
      List<Meal> meals = kitchen.awaitCompletions(3_200);
      // And each table's first completions are in log order
      TestKitchen.assertFirstCompletionsInOrder(meals);
      living.stop();
      kitchen.assertAllCommitted();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWorkerThatSleptTooLongCommitsNothingWhenItWakes(
      GroupProtocol protocol, KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 4);
        CommittedOffsets never = new CommittedOffsets(kitchen);
        WorkerProcess asleep = worker(kitchen, protocol, "asleep")) {
      kitchen.sendNumbered(0, 2_000);
      kitchen.awaitEnds(50);
      // When it is stopped for longer than its session and another takes over
      asleep.signal("STOP");
      Map<Integer, Long> committed = kitchen.committed();
      long uncommitted =
          kitchen.meals(kitchen.endsInTheLog()).stream()
              .filter(meal -> meal.offset() >= committed.getOrDefault(meal.partition(), 0L))
              .count();
      try (WorkerProcess other = worker(kitchen, protocol, "other")) {
        kitchen.awaitCompletions(2_000);
        asleep.signal("CONT");
        asleep.awaitLog("lost [");
        // Then both go on together, and nothing is lost or out of order
        kitchen.sendNumbered(2_000, 2_400);
        List<Meal> meals = kitchen.awaitCompletions(2_400);
        TestKitchen.assertFirstCompletionsInOrder(meals);
        // And only what it held then is there twice
        Set<CompletionId> once = new HashSet<>();
        List<Meal> twice = meals.stream().filter(meal -> !once.add(meal.completionId())).toList();
        assertThat(twice).extracting(Meal::completionId).doesNotHaveDuplicates();
        assertThat(twice)
            .allSatisfy(
                meal ->
                    assertThat(meal.offset())
                        .isGreaterThanOrEqualTo(committed.getOrDefault(meal.partition(), 0L)));
        assertThat((long) twice.size())
            .isLessThanOrEqualTo(uncommitted + WorkerProcess.MEMBER_MOST_READ);
        asleep.stop();
        other.stop();
      }
      kitchen.assertAllCommitted();
    }
  }

  private static void awaitPartitionsOf(TestKitchen kitchen, String worker) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                kitchen.activities(worker).stream()
                    .anyMatch(activity -> activity.type() == Activity.Type.ASSIGNED));
  }

  /** The older one in the classic protocol, the newer one in the consumer protocol. */
  @ParameterizedTest
  @EnumSource
  void ofTwoHoldersOfAWorkerIdOneEndsWithExitCode5(GroupProtocol protocol, KafkaCluster cluster)
      throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1);
        WorkerProcess first = worker(kitchen, protocol, "same")) {
      first.awaitLog("assigned [0]");
      try (WorkerProcess second = worker(kitchen, protocol, "same")) {
        boolean classic = protocol == GroupProtocol.CLASSIC;
        WorkerProcess fenced = classic ? first : second;
        WorkerProcess holder = classic ? second : first;
        assertThat(fenced.awaitExit()).isEqualTo(5);
        assertThat(fenced.log())
            .contains("another worker holds this --worker-id: same in group")
            .contains("give each worker an id of its own")
            .doesNotContain("\tat ");
        // Then the other one cooks
        holder.awaitLog("assigned [0]");
        kitchen.send(TestKitchen.order("o", null));
        kitchen.flush();
        kitchen.awaitEnds(1);
        // And leaves the group although its membership is static
        holder.stop();
        assertThat(kitchen.members()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whileWorkersComeAndGoNothingIsLostAndWhatStaysIsNotRevoked(
      GroupProtocol protocol, KafkaCluster cluster) throws Exception {
    Recipe recipe =
        (order, context) -> {
          LockSupport.parkNanos(2_000_000);
          return CookResult.cooked();
        };
    try (TestKitchen kitchen = new TestKitchen(cluster, 6);
        CommittedOffsets never = new CommittedOffsets(kitchen);
        TestWorker stays = TestWorker.start(kitchen, options("stays", protocol), recipe)) {
      kitchen.awaitMembers(1);
      int sent = 0;
      for (int round = 0; round < 5; round++) {
        kitchen.sendNumbered(sent, sent += 300);
        try (TestWorker guest =
            TestWorker.start(kitchen, options("guest-" + round, protocol), recipe)) {
          awaitPartitionsOf(kitchen, "guest-" + round);
          kitchen.sendNumbered(sent, sent += 300);
          guest.drain();
        }
        kitchen.awaitMembers(1);
      }
      List<Meal> meals = kitchen.awaitCompletions(sent);
      TestKitchen.assertFirstCompletionsInOrder(meals);
      assertThat(workers(meals)).hasSizeGreaterThan(1);
      stays.drain();
      kitchen.assertAllCommitted();
      // Then half of the partitions moved each time, and the others stayed where they were
      List<Integer> revoked = new ArrayList<>();
      for (Activity activity : kitchen.activities("stays")) {
        if (activity.type() == Activity.Type.REVOKED) {
          revoked.add(Objects.requireNonNull(activity.partitions()).size());
        }
      }
      assertThat(revoked).isNotEmpty().allMatch(partitions -> partitions <= 3);
    }
  }

  @Test
  void aGroupChangesItsProtocolWorkerByWorker(KafkaCluster cluster) throws Exception {
    Recipe recipe = (order, context) -> CookResult.cooked();
    try (TestKitchen kitchen = new TestKitchen(cluster, 4);
        CommittedOffsets never = new CommittedOffsets(kitchen)) {
      kitchen.sendNumbered(0, 500);
      try (TestWorker old =
          TestWorker.start(kitchen, options("old", GroupProtocol.CLASSIC), recipe)) {
        kitchen.awaitMembers(1);
        try (TestWorker next =
            TestWorker.start(kitchen, options("next", GroupProtocol.CONSUMER), recipe)) {
          kitchen.awaitMembers(2);
          kitchen.sendNumbered(500, 1_000);
          old.drain();
          kitchen.awaitCompletions(1_000);
          next.drain();
        }
      }
      assertThat(kitchen.meals(kitchen.endsInTheLog()))
          .extracting(Meal::completionId)
          .doesNotHaveDuplicates();
      kitchen.assertAllCommitted();
    }
  }

  private WorkerProcess worker(TestKitchen kitchen, GroupProtocol protocol, String id) {
    return WorkerProcess.start(directory, kitchen, WorkerProcess.memberArguments(protocol, id));
  }

  private static WorkerOptions options(String id, GroupProtocol protocol) {
    return TestWorker.options(id, protocol, 10_000);
  }

  private static Set<String> workers(List<Meal> meals) {
    return meals.stream().map(Meal::worker).collect(Collectors.toSet());
  }
}
