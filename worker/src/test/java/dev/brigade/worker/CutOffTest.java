package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.net.Caller;
import dev.brigade.cluster.net.Effect;
import dev.brigade.cluster.net.Route;
import dev.brigade.cluster.net.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker that cooks on, but its group hears nothing of it, or nothing that lasts. */
class CutOffTest {
  /** Less than the session: nobody has its orders yet. */
  private static final double SILENCE = 5.2;

  @ParameterizedTest
  @EnumSource
  void aWorkerThatHearsNothingOfItsGroupBeginsNoOrder(GroupProtocol protocol) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean isCut = new AtomicBoolean();
    List<String> begunWhileCut = new CopyOnWriteArrayList<>();
    Recipe recipe =
        (order, context) -> {
          begun.countDown();
          if (isCut.get()) {
            begunWhileCut.add(order.id());
          }
          goOn.await();
          return CookResult.cooked();
        };
    try (KafkaCluster cluster = KafkaCluster.builder().inThisJvm().behindProxies(1).start();
        TestKitchen kitchen = new TestKitchen(cluster, 2);
        WorkerMetrics metrics = new WorkerMetrics(kitchen.kitchen, "cut-off");
        TestWorker worker =
            TestWorker.start(
                kitchen,
                TestOptions.of("cut-off").groupProtocol(protocol).chefs(1).build(),
                recipe,
                metrics)) {
      // Given one order in the hands of the only chef, and more behind it
      kitchen.sendNumbered(0, 100);
      begun.await();
      // When the group's coordinator does not answer any more, and the chef is done
      Rule cut = cluster.network().apply(Route.from(Caller.client("cut-off")), Effect.cut());
      awaitGauge(metrics, "brigade.group.silence", SILENCE);
      isCut.set(true);
      goOn.countDown();
      Awaitility.await().until(() -> gauge(metrics, "brigade.chefs.busy") == 0);
      // Then the next order is begun when the coordinator answers
      isCut.set(false);
      cut.close();
      kitchen.awaitCompletions(100);
      assertThat(begunWhileCut).isEmpty();
      worker.drain();
    }
  }

  @Test
  void aWorkerWhoseCoordinatorAnswersButCommitsNothingBeginsNoOrder() throws Exception {
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    CountDownLatch secondMayEnd = new CountDownLatch(1);
    List<String> begun = new CopyOnWriteArrayList<>();
    Recipe recipe =
        (order, context) -> {
          begun.add(order.id());
          if (order.id().equals("first")) {
            firstMayEnd.await();
          } else if (order.id().equals("second")) {
            secondMayEnd.await();
          }
          return CookResult.cooked();
        };
    try (KafkaCluster cluster =
            KafkaCluster.builder()
                .brokers(3)
                .property("broker.session.timeout.ms", "2000")
                .property("broker.heartbeat.interval.ms", "500")
                .start();
        TestKitchen kitchen = new TestKitchen(cluster, 1)) {
      WorkerMetrics metrics = new WorkerMetrics(kitchen.kitchen, "doubtful");
      try (TestWorker worker =
          TestWorker.start(kitchen, TestOptions.of("doubtful").chefs(1).build(), recipe, metrics)) {
        for (String id : List.of("first", "second", "third")) {
          kitchen.sendTo(0, TestKitchen.order(id, id));
        }
        Awaitility.await().until(() -> begun.contains("first"));
        // When the first order has its end, but too few brokers would keep that it is committed
        cluster.kill(coordinator(kitchen) % 3 + 1);
        commitsNeed(3, kitchen);
        firstMayEnd.countDown();
        awaitGauge(metrics, "brigade.group.silence", SILENCE);
        secondMayEnd.countDown();
        Awaitility.await().until(() -> gauge(metrics, "brigade.chefs.busy") == 0);
        assertThat(begun).containsExactly("first", "second");
        // Then the next order is begun when they do
        commitsNeed(2, kitchen);
        kitchen.awaitCompletions(3);
        assertThat(begun).containsExactly("first", "second", "third");
        worker.drain();
      }
    }
  }

  private static int coordinator(TestKitchen kitchen) throws Exception {
    String group = kitchen.kitchen.chefsGroup();
    return Objects.requireNonNull(
            kitchen.admin().describeConsumerGroups(List.of(group)).describedGroups().get(group))
        .get()
        .coordinator()
        .id();
  }

  private static void commitsNeed(int replicas, TestKitchen kitchen) throws Exception {
    kitchen
        .admin()
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, "__consumer_offsets"),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("min.insync.replicas", String.valueOf(replicas)),
                        AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  private static void awaitGauge(WorkerMetrics metrics, String name, double atLeast) {
    Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> gauge(metrics, name) >= atLeast);
  }

  private static double gauge(WorkerMetrics metrics, String name) {
    return metrics.registry().get(name).gauge().value();
  }
}
