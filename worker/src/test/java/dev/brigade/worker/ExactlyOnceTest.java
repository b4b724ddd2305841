package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.Meal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader with read_committed sees each order's end once, whatever happens to workers and brokers:
 * real processes, real signals.
 */
@WithKafka
class ExactlyOnceTest {
  /** The soak by hand: {@code -Dbrigade.test.kills=50}. */
  private static final int KILLS = Integer.getInteger("brigade.test.kills", 5);

  @TempDir Path directory;

  @Test
  void eachEndIsSeenOnceThoughWorkersAreKilled(KafkaCluster cluster) throws Exception {
    Random random = new Random(7);
    try (TestKitchen kitchen = new TestKitchen(cluster, 6);
        CommittedOffsets never = new CommittedOffsets(kitchen);
        RestartedWorker one = restarted(kitchen, "cook-1");
        RestartedWorker two = restarted(kitchen, "cook-2")) {
      List<RestartedWorker> workers = List.of(one, two);
      int orders = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        kitchen.sendNumbered(orders, orders + 800);
        orders += 800;
        kitchen.awaitEnds(kitchen.endsInTheLog().size() + 100 + random.nextInt(400));
        workers.get(random.nextInt(2)).kill();
      }
      awaitEachOnce(kitchen, orders);
      assertThat(one.deaths() + two.deaths()).isEqualTo(KILLS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherWorkerGoesOnWhereAKilledOneLeftATransactionOpen(
      GroupProtocol protocol, KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 6);
        CommittedOffsets never = new CommittedOffsets(kitchen);
        WorkerProcess killed = worker(kitchen, protocol, "killed");
        WorkerProcess living = worker(kitchen, protocol, "living")) {
      killed.awaitLog("assigned [");
      living.awaitLog("assigned [");
      kitchen.awaitMembers(2);
      kitchen.sendNumbered(0, 2_000);
      kitchen.awaitEnds(500);
      killed.signal("KILL");
      try {
        awaitEachOnce(kitchen, 2_000);
      } catch (AssertionError e) {
        throw new AssertionError(living.log(), e);
      }
      living.stop();
      kitchen.assertAllCommitted();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingOfAWorkerThatSleptTooLongBecomesVisible(GroupProtocol protocol, KafkaCluster cluster)
      throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 4);
        CommittedOffsets never = new CommittedOffsets(kitchen);
        WorkerProcess asleep = worker(kitchen, protocol, "asleep")) {
      kitchen.sendNumbered(0, 1_500);
      kitchen.awaitEnds(50);
      asleep.signal("STOP");
      try (WorkerProcess other = worker(kitchen, protocol, "other")) {
        awaitEachOnce(kitchen, 1_500);
        asleep.signal("CONT");
        asleep.awaitLog("lost [");
        kitchen.sendNumbered(1_500, 2_000);
        awaitEachOnce(kitchen, 2_000);
        asleep.stop();
        other.stop();
      }
      kitchen.assertAllCommitted();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoComesAndGoesHasNothingCookedOrSeenTwice(GroupProtocol protocol, KafkaCluster cluster)
      throws Exception {
    Map<CompletionId, AtomicInteger> cooks = new ConcurrentHashMap<>();
    Recipe recipe =
        (order, context) -> {
          Thread.sleep(2);
          cooks
              .computeIfAbsent(context.completionId(), id -> new AtomicInteger())
              .incrementAndGet();
          return CookResult.cooked();
        };
    int orders = 0;
    try (TestKitchen kitchen = new TestKitchen(cluster, 6);
        CommittedOffsets never = new CommittedOffsets(kitchen);
        TestWorker stays = TestWorker.start(kitchen, options("stays", protocol), recipe)) {
      for (int round = 0; round < 4; round++) {
        kitchen.sendNumbered(orders, orders + 600);
        orders += 600;
        try (TestWorker goes =
            TestWorker.start(kitchen, options("goes-" + round, protocol), recipe)) {
          kitchen.awaitMembers(2);
          kitchen.awaitEnds(orders - 300);
          goes.drain();
        }
      }
      awaitEachOnce(kitchen, orders);
      stays.drain();
      kitchen.assertAllCommitted();
      assertThat(cooks.values()).extracting(AtomicInteger::get).containsOnly(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatLeavesIsCommittedWhileTheGroupChanges(GroupProtocol protocol, KafkaCluster cluster)
      throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 4);
        WorkerProcess first = worker(kitchen, protocol, "first")) {
      kitchen.sendNumbered(0, 12_000);
      kitchen.awaitEnds(50);
      try (WorkerProcess second = worker(kitchen, protocol, "second")) {
        second.awaitLog("assigned [");
        first.awaitLog("revoked [");
        assertThat(first.log()).doesNotContain("interrupting orders");
        awaitEachOnce(kitchen, 12_000);
        second.stop();
      }
      first.stop();
      kitchen.assertAllCommitted();
    }
  }

  @Test
  void eachEndIsSeenOnceThoughTheTransactionCoordinatorIsKilled() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.builder().brokers(3).asProcesses().start();
        TestKitchen kitchen = new TestKitchen(cluster, 6);
        WorkerProcess worker = worker(kitchen, GroupProtocol.CLASSIC, "cook-1")) {
      int orders = 0;
      for (int kill = 0; kill < Math.max(1, KILLS / 5); kill++) {
        kitchen.sendNumbered(orders, orders + 1_500);
        orders += 1_500;
        kitchen.awaitEnds(orders - 1_000);
        int coordinator = coordinator(kitchen, "cook-1");
        cluster.kill(coordinator);
        kitchen.awaitEnds(orders - 500);
        cluster.start(coordinator);
        awaitEachOnce(kitchen, orders);
      }
      worker.stop();
      kitchen.assertAllCommitted();
    }
  }

  private static int coordinator(TestKitchen kitchen, String worker) throws Exception {
    String id = kitchen.kitchen.transactionalId(worker, 0);
    try (Admin admin = Admin.create(kitchen.clientConfig())) {
      return admin.describeTransactions(List.of(id)).description(id).get().coordinatorId();
    }
  }

  /** All of them have their end, and each of them one. */
  private static void awaitEachOnce(TestKitchen kitchen, int orders) {
    kitchen.awaitEnds(
        records -> records.stream().map(TestKitchen::completionId).distinct().count() == orders,
        orders + " completions");
    List<ConsumerRecord<byte[], byte[]>> ends = kitchen.endsInTheLog();
    assertThat(ends).extracting(TestKitchen::completionId).doesNotHaveDuplicates();
    List<Meal> meals = kitchen.meals(ends);
    assertThat(meals).hasSize(orders);
    TestKitchen.assertFirstCompletionsInOrder(meals);
  }

  private RestartedWorker restarted(TestKitchen kitchen, String id) {
    return RestartedWorker.start(directory, kitchen, arguments(GroupProtocol.CLASSIC, id));
  }

  private WorkerProcess worker(TestKitchen kitchen, GroupProtocol protocol, String id) {
    return WorkerProcess.start(directory, kitchen, arguments(protocol, id));
  }

  private static String[] arguments(GroupProtocol protocol, String id) {
    return WorkerProcess.memberArguments(protocol, id, "--delivery", "exactly-once");
  }

  private static WorkerOptions options(String id, GroupProtocol protocol) {
    return TestOptions.of(id).groupProtocol(protocol).delivery(Delivery.EXACTLY_ONCE).build();
  }
}
