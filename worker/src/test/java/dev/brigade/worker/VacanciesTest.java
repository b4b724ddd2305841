package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.ClassicGroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member that dies with partitions given up, before the rebalance that hands them on. */
@WithKafka
class VacanciesTest {
  @TempDir Path directory;

  @Test
  void whoComesBackHasHandedOnWhatItsFormerSelfGaveUp(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 6);
        KafkaConsumer<byte[], byte[]> other = consumer(kitchen, Map.of())) {
      // Given a member that was alone, makes room for another one and dies at that moment
      KafkaConsumer<byte[], byte[]> one =
          consumer(kitchen, Map.of("group.instance.id", "one", "session.timeout.ms", 30_000));
      one.subscribe(List.of(kitchen.kitchen.orders()), new DiesWhenItGivesUp());
      poll(() -> one.assignment().size() == 6, one);
      other.subscribe(List.of(kitchen.kitchen.orders()));
      assertThatThrownBy(() -> poll(() -> false, one, other)).hasRootCauseMessage("died");
      one.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));
      poll(() -> isStable(kitchen), other);
      assertThat(other.assignment()).isEmpty();
      // When it comes back under its id, within its session
      try (WorkerProcess back = worker(kitchen, "one")) {
        // Then no partition stays nobody's
        poll(() -> other.assignment().size() == 3, other);
        assertThat(back.log()).contains("3 partitions are nobody's");
        back.stop();
      }
    }
  }

  /** That is what an id is for: others need not take part. */
  @Test
  void whoComesBackToAFullGroupCausesNoRebalance(KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 4);
        WorkerProcess other = worker(kitchen, "two")) {
      other.awaitLog("assigned [");
      try (WorkerProcess killed = worker(kitchen, "one")) {
        killed.awaitLog("assigned [");
        other.awaitLog("revoked [");
        killed.signal("KILL");
        killed.awaitDeath();
      }
      try (WorkerProcess back = worker(kitchen, "one")) {
        back.awaitLog("assigned [");
        kitchen.sendNumbered(0, 100);
        kitchen.awaitCompletions(100);
        assertThat(back.log()).as("joins once").containsOnlyOnce("(Re-)joining group");
        back.stop();
        assertThat(back.log()).doesNotContain("nobody's");
      }
      other.stop();
    }
  }

  private WorkerProcess worker(TestKitchen kitchen, String id) {
    return WorkerProcess.start(
        directory, kitchen, WorkerProcess.memberArguments(GroupProtocol.CLASSIC, id));
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      TestKitchen kitchen, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(kitchen.clientConfig());
    config.put("group.id", kitchen.kitchen.chefsGroup());
    config.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    config.put("heartbeat.interval.ms", 300);
    config.put("enable.auto.commit", false);
    config.putAll(more);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @SafeVarargs
  private static void poll(BooleanSupplier until, KafkaConsumer<byte[], byte[]>... consumers) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .pollInSameThread()
        .until(
            () -> {
              for (KafkaConsumer<byte[], byte[]> consumer : consumers) {
                consumer.poll(Duration.ofMillis(50));
              }
              return until.getAsBoolean();
            });
  }

  private static boolean isStable(TestKitchen kitchen) {
    String group = kitchen.kitchen.chefsGroup();
    try (Admin admin = Admin.create(kitchen.clientConfig())) {
      return admin
              .describeClassicGroups(List.of(group))
              .all()
              .get()
              .values()
              .iterator()
              .next()
              .state()
          == ClassicGroupState.STABLE;
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static final class DiesWhenItGivesUp implements ConsumerRebalanceListener {
    private boolean died;

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!died) {
        died = true;
        throw new IllegalStateException("died");
      }
    }
  }
}
