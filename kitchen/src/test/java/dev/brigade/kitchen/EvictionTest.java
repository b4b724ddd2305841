package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.ClusterConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A closed static member leaves its membership behind, as a killed one does. */
@WithKafka
@Timeout(60)
class EvictionTest {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final CloseOptions LIKE_A_CRASH =
      CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP);

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void theOthersTakeOver(String protocol, KafkaCluster cluster) throws Exception {
    String group = "takeover-" + protocol;
    try (Admin admin = admin(cluster);
        KafkaConsumer<byte[], byte[]> staying = consumer(cluster, protocol, group, "a")) {
      // Given
      ClusterConnection.await(admin.createTopics(List.of(new NewTopic(group, 2, (short) 1))).all());
      staying.subscribe(List.of(group));
      KafkaConsumer<byte[], byte[]> leaving = consumer(cluster, protocol, group, "b");
      leaving.subscribe(List.of(group));
      while (staying.assignment().size() != 1 || leaving.assignment().size() != 1) {
        staying.poll(POLL);
        leaving.poll(POLL);
      }
      leaving.close(LIKE_A_CRASH);

      // When
      new Eviction(admin, group).evict("b");

      // Then, and not by the end of its session
      assertThat(members(admin, group)).containsExactly("a");
      while (staying.assignment().size() != 2) {
        staying.poll(POLL);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void theLastOneStaysWhereItsSuccessorTakesItsPlace(String protocol, KafkaCluster cluster)
      throws Exception {
    String group = "last-" + protocol;
    try (Admin admin = admin(cluster)) {
      // Given
      ClusterConnection.await(admin.createTopics(List.of(new NewTopic(group, 2, (short) 1))).all());
      KafkaConsumer<byte[], byte[]> only = consumer(cluster, protocol, group, "a");
      only.subscribe(List.of(group));
      while (only.assignment().isEmpty()) {
        only.poll(POLL);
      }
      only.close(LIKE_A_CRASH);

      // When
      new Eviction(admin, group).evict("a");

      // Then: the consumer protocol would refuse a successor while the membership is there
      assertThat(members(admin, group))
          .isEqualTo(protocol.equals("classic") ? List.of("a") : List.of());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void aGroupThatIsNotThereIsNoTrouble(String member, KafkaCluster cluster) throws Exception {
    try (Admin admin = admin(cluster)) {
      Eviction eviction = new Eviction(admin, "no-such-group");
      eviction.rehearse(member);
      eviction.evict(member);
      assertThat(ClusterConnection.await(admin.listGroups().all()))
          .noneMatch(listing -> listing.groupId().equals("no-such-group"));
    }
  }

  private static List<String> members(Admin admin, String group) {
    Map<String, ConsumerGroupDescription> described =
        ClusterConnection.await(admin.describeConsumerGroups(List.of(group)).all());
    return Objects.requireNonNull(described.get(group)).members().stream()
        .map(member -> member.groupInstanceId().orElseThrow())
        .toList();
  }

  private static Admin admin(KafkaCluster cluster) {
    return Admin.create(Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers()));
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      KafkaCluster cluster, String protocol, String group, String instanceId) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", cluster.bootstrapServers());
    config.put("group.protocol", protocol.toUpperCase(Locale.ROOT));
    config.put("group.id", group);
    config.put("group.instance.id", instanceId);
    if (protocol.equals("classic")) {
      config.put("session.timeout.ms", "120000");
      config.put("heartbeat.interval.ms", "300");
    }
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
