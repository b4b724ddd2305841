package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.net.Caller;
import dev.brigade.cluster.net.Effect;
import dev.brigade.cluster.net.Route;
import dev.brigade.cluster.net.Rule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker that cooks on, but hears nothing of its group. */
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

  private static void awaitGauge(WorkerMetrics metrics, String name, double atLeast) {
    Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> gauge(metrics, name) >= atLeast);
  }

  private static double gauge(WorkerMetrics metrics, String name) {
    return metrics.registry().get(name).gauge().value();
  }
}
