package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.KitchenTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether work can rely on the topics of a real broker, which knows of a change some time after it
 * was made.
 */
@WithKafka
class KitchenTopicsTest {
  private final List<String> warnings = new ArrayList<>();

  @Test
  void theTopicsThatInitMadeAreUsable(KafkaCluster cluster) {
    InitCommandTest.init(cluster, "usable", "--partitions=3");
    try (Admin admin = InitCommandTest.admin(cluster)) {
      assertThat(all(admin, new Kitchen("usable")).requireUsable(false, warnings::add))
          .isEqualTo(3);
    }
  }

  @Test
  void aSingleReplicaIsWarnedOfOncePerTopicAndRefusedWhenStrict(KafkaCluster cluster) {
    InitCommandTest.init(cluster, "replica", "--partitions=1");
    try (Admin admin = InitCommandTest.admin(cluster)) {
      KitchenTopics topics = all(admin, new Kitchen("replica"));

      topics.requireUsable(false, warnings::add);
      assertThat(warnings)
          .containsExactly(
              "replica.orders has replication factor 1: one broker's disk is all there is",
              "replica.meals has replication factor 1: one broker's disk is all there is",
              "replica.dead-letters has replication factor 1: one broker's disk is all there is");

      assertThat(refusal(topics, true))
          .hasMessage(String.join("; ", warnings) + " (refused by --strict)");
    }
  }

  @Test
  void uncleanLeaderElectionIsWarnedOf(KafkaCluster cluster) throws Exception {
    InitCommandTest.init(cluster, "unclean", "--partitions=1");
    try (Admin admin = InitCommandTest.admin(cluster)) {
      InitCommandTest.alter(admin, "unclean.meals", "unclean.leader.election.enable", "true");

      await()
          .untilAsserted(
              () -> {
                all(admin, new Kitchen("unclean")).requireUsable(false, warnings::add);
                assertThat(warnings)
                    .contains(
                        "unclean.meals allows unclean leader election: acknowledged records may"
                            + " vanish");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "meals", "dead-letters", "activity"})
  void aMissingTopicIsRefusedNamingInit(String missing, KafkaCluster cluster) throws Exception {
    String name = "without-" + missing;
    InitCommandTest.init(cluster, name, "--partitions=1");
    try (Admin admin = InitCommandTest.admin(cluster)) {
      admin.deleteTopics(List.of(name + "." + missing)).all().get(30, TimeUnit.SECONDS);

      await()
          .untilAsserted(
              () ->
                  assertThat(refusal(all(admin, new Kitchen(name)), false))
                      .hasMessage(
                          "topic %s.%s does not exist: run brigade init --kitchen %s"
                              .formatted(name, missing, name)));
    }
  }

  @Test
  void aTopicThatNobodyAskedForMayBeMissing(KafkaCluster cluster) throws Exception {
    try (Admin admin = InitCommandTest.admin(cluster)) {
      Kitchen kitchen = new Kitchen("orders-only");
      admin
          .createTopics(List.of(new NewTopic(kitchen.orders(), 2, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);

      await()
          .untilAsserted(
              () -> {
                KitchenTopics topics =
                    KitchenTopics.read(admin, kitchen, List.of(kitchen.orders()));
                assertThat(topics.exists(kitchen.orders())).isTrue();
                assertThat(topics.exists(kitchen.meals())).isFalse();
                assertThat(topics.requireUsable(false, warnings::add)).isEqualTo(2);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"meals", "dead-letters"})
  void fewerPartitionsThanOrdersAreRefused(String topic, KafkaCluster cluster) throws Exception {
    String name = "few-" + topic;
    InitCommandTest.init(cluster, name, "--partitions=2");
    try (Admin admin = InitCommandTest.admin(cluster)) {
      for (String grown : List.of("orders", "meals", "dead-letters")) {
        if (!grown.equals(topic)) {
          admin
              .createPartitions(Map.of(name + "." + grown, NewPartitions.increaseTo(3)))
              .all()
              .get(30, TimeUnit.SECONDS);
        }
      }

      await()
          .untilAsserted(
              () ->
                  assertThat(refusal(all(admin, new Kitchen(name)), false))
                      .hasMessage(
                          "%s.%s has 2 partitions, %s.orders has 3: an order's meal has the same partition number, so they must be as many"
                              .formatted(name, topic, name)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"compact", "compact,delete"})
  void compactionIsRefused(String policy, KafkaCluster cluster) throws Exception {
    InitCommandTest.init(cluster, "compacted", "--partitions=1");
    try (Admin admin = InitCommandTest.admin(cluster)) {
      InitCommandTest.alter(admin, "compacted.orders", "cleanup.policy", policy);

      await()
          .untilAsserted(
              () ->
                  assertThat(refusal(all(admin, new Kitchen("compacted")), false))
                      .hasMessageContaining("compacted.orders has cleanup.policy=")
                      .hasMessageContaining("compact")
                      .hasMessageEndingWith(
                          ": compaction throws records of the same key away; set it to delete"));
    }
  }

  private static KitchenTopics all(Admin admin, Kitchen kitchen) {
    return KitchenTopics.read(
        admin,
        kitchen,
        List.of(kitchen.orders(), kitchen.meals(), kitchen.deadLetters(), kitchen.activity()));
  }

  private CommandFailure refusal(KitchenTopics topics, boolean strict) {
    CommandFailure failure =
        catchThrowableOfType(
            CommandFailure.class, () -> topics.requireUsable(strict, warnings::add));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(1);
    return failure;
  }
}
