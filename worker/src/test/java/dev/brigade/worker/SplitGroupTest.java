package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.net.Effect;
import dev.brigade.cluster.net.Route;
import dev.brigade.cluster.net.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A worker that hears of its group, but from a coordinator that is none any more. */
class SplitGroupTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int PARTITIONS = 12;

  @Test
  void aWorkerWhoseCoordinatorTheOtherBrokersDoNotReachGoesOnWithTheNextOne() throws Exception {
    try (KafkaCluster cluster =
            KafkaCluster.builder()
                .brokers(3)
                .behindProxies(1)
                .property("broker.session.timeout.ms", "2000")
                .property("broker.heartbeat.interval.ms", "500")
                .start();
        TestKitchen kitchen = new TestKitchen(cluster, PARTITIONS);
        TestWorker worker =
            TestWorker.start(
                kitchen,
                TestOptions.of("split").delivery(Delivery.EXACTLY_ONCE).build(),
                (order, context) -> CookResult.cooked())) {
      // Given a worker that waits for orders: for its heartbeats its coordinator writes nothing
      kitchen.awaitMembers(1);
      int coordinator = group(kitchen.admin(), kitchen).coordinator().id();
      int partition = partitionWithout(coordinator, kitchen);
      kitchen.sendTo(partition, TestKitchen.order("before", "t"));
      kitchen.awaitCompletions(1);
      // When the other brokers have another coordinator, which has not heard of the worker
      try (Rule cut = cluster.network().apply(Route.between(coordinator), Effect.cut())) {
        Awaitility.await()
            .atMost(LIMIT)
            .ignoreExceptions()
            .until(() -> isEmptyWithout(coordinator, kitchen));
        // Then its transactions are refused until it has joined there
        kitchen.sendTo(partition, TestKitchen.order("while split", "t"));
        assertThat(kitchen.awaitCompletions(2, LIMIT)).hasSize(2);
        assertThat(cut.hits().bit()).isTrue();
      }
      worker.drain();
    }
  }

  private static ConsumerGroupDescription group(Admin admin, TestKitchen kitchen) throws Exception {
    String group = kitchen.kitchen.chefsGroup();
    return Objects.requireNonNull(
            admin.describeConsumerGroups(List.of(group)).describedGroups().get(group))
        .get();
  }

  /** Asked with a client of its own each time, for one stays with the broker that it has. */
  private static boolean isEmptyWithout(int lost, TestKitchen kitchen) throws Exception {
    try (Admin admin = Admin.create(kitchen.clientConfig())) {
      ConsumerGroupDescription group = group(admin, kitchen);
      return group.coordinator().id() != lost && group.members().isEmpty();
    }
  }

  /** One whose orders and meals are led by others, so that this test's clients stay as they are. */
  private static int partitionWithout(int broker, TestKitchen kitchen) throws Exception {
    Map<String, Set<Integer>> led =
        kitchen
            .admin()
            .describeTopics(List.of(kitchen.kitchen.orders(), kitchen.kitchen.meals()))
            .allTopicNames()
            .get()
            .values()
            .stream()
            .collect(
                Collectors.toMap(
                    topic -> topic.name(),
                    topic ->
                        topic.partitions().stream()
                            .filter(partition -> partition.leader().id() == broker)
                            .map(partition -> partition.partition())
                            .collect(Collectors.toSet())));
    return IntStream.range(0, PARTITIONS)
        .filter(partition -> led.values().stream().noneMatch(of -> of.contains(partition)))
        .findFirst()
        .orElseThrow();
  }
}
