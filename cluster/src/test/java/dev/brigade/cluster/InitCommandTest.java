package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.brigade.orders.InitCommand;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.KitchenTopics;
import dev.brigade.orders.TopicInit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** {@code brigade init} against a real broker. */
@WithKafka
class InitCommandTest {
  @Test
  void createsWhatIsMissingAndThenFindsItAsItShouldBe(KafkaCluster cluster) throws Exception {
    // When
    CommandRun first = init(cluster, "init-twice");

    // Then
    assertThat(first)
        .isEqualTo(
            new CommandRun(
                0,
                List.of(
                    "init-twice.orders: created",
                    "init-twice.meals: created",
                    "init-twice.dead-letters: created",
                    "init-twice.latency: created",
                    "init-twice.alerts: created",
                    "init-twice.activity: created"),
                List.of()));
    try (Admin admin = admin(cluster)) {
      assertThat(partitions(admin, "init-twice.orders")).isEqualTo(12);
      assertThat(partitions(admin, "init-twice.meals")).isEqualTo(12);
      assertThat(partitions(admin, "init-twice.dead-letters")).isEqualTo(12);
      assertThat(partitions(admin, "init-twice.latency")).isEqualTo(1);
      assertThat(configs(admin, "init-twice.orders"))
          .containsEntry("cleanup.policy", "delete")
          .containsEntry("retention.ms", "604800000")
          .containsEntry("segment.ms", "86400000")
          .containsEntry("message.timestamp.type", "LogAppendTime")
          .containsEntry("min.insync.replicas", "1")
          .containsEntry("unclean.leader.election.enable", "false");
    }

    // When
    CommandRun second = init(cluster, "init-twice");

    // Then
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).hasSize(6).allMatch(line -> line.endsWith(": as it should be"));
    assertThat(second.err()).isEmpty();
  }

  @Test
  void saysWhatSomebodyAlteredAndLeavesItSo(KafkaCluster cluster) throws Exception {
    // Given
    init(cluster, "init-altered", "--partitions=2");
    try (Admin admin = admin(cluster)) {
      alter(admin, "init-altered.orders", "retention.ms", "1000");
      alter(admin, "init-altered.orders", "min.insync.replicas", "2");
      admin
          .createPartitions(Map.of("init-altered.meals", NewPartitions.increaseTo(3)))
          .all()
          .get(30, TimeUnit.SECONDS);

      // When and then, as soon as the broker knows of all that
      await()
          .untilAsserted(
              () -> {
                CommandRun run = init(cluster, "init-altered", "--partitions=2");
                assertThat(run.exitCode()).isEqualTo(1);
                assertThat(run.out().get(0))
                    .startsWith("init-altered.orders: different: ")
                    .contains("retention.ms=1000 instead of 604800000")
                    .contains("min.insync.replicas=2 instead of 1");
                assertThat(run.out().get(1))
                    .isEqualTo("init-altered.meals: different: 3 partitions instead of 2");
                assertThat(run.out().subList(2, 6))
                    .allMatch(line -> line.endsWith(": as it should be"));
              });
      assertThat(configs(admin, "init-altered.orders")).containsEntry("retention.ms", "1000");
      assertThat(partitions(admin, "init-altered.meals")).isEqualTo(3);
    }
  }

  @Test
  void tellsTheSameAsJson(KafkaCluster cluster) throws Exception {
    // Given
    init(cluster, "init-json", "--partitions=1");

    // When
    CommandRun run = init(cluster, "init-json", "--partitions=2", "--json");

    // Then
    assertThat(run.exitCode()).isEqualTo(1);
    List<JsonNode> outcomes = run.out().stream().map(InitCommandTest::json).toList();
    assertThat(outcomes).hasSize(6);
    assertThat(outcomes.get(0))
        .isEqualTo(
            json(
                "{\"topic\":\"init-json.orders\",\"state\":\"different\","
                    + "\"differences\":[\"1 partitions instead of 2\"]}"));
    assertThat(outcomes.get(5))
        .isEqualTo(
            json(
                "{\"topic\":\"init-json.activity\",\"state\":\"as it should be\","
                    + "\"differences\":[]}"));
  }

  @Test
  void whatItCreatedCanBeUsedAtOnce(KafkaCluster cluster) {
    for (int i = 0; i < 5; i++) {
      Kitchen kitchen = new Kitchen("init-used-" + i);
      try (Admin admin = admin(cluster)) {
        TopicInit.run(admin, kitchen, 3);
        KitchenTopics topics =
            KitchenTopics.read(admin, kitchen, List.of(kitchen.orders(), kitchen.activity()));
        assertThat(topics.requireUsable(false, warning -> {})).isEqualTo(3);
      }
    }
  }

  @Test
  void severalAtOnceCreateEachTopicOnce(KafkaCluster cluster) {
    List<String> args =
        List.of(
            "--bootstrap-server=" + cluster.bootstrapServers(),
            "--kitchen=init-at-once",
            "--partitions=1");
    List<CommandRun> runs = CommandRun.allOf(InitCommand::new, List.of(args, args, args, args));

    assertThat(runs).allMatch(run -> run.exitCode() == 0);
    assertThat(runs.stream().flatMap(run -> run.out().stream()))
        .filteredOn(line -> line.endsWith(": created"))
        .hasSize(6)
        .doesNotHaveDuplicates();
  }

  @Test
  void createsOnlyWhatIsMissing(KafkaCluster cluster) throws Exception {
    // Given
    init(cluster, "init-partly", "--partitions=1");
    try (Admin admin = admin(cluster)) {
      admin.deleteTopics(List.of("init-partly.alerts")).all().get(30, TimeUnit.SECONDS);
    }

    // When and then, as soon as the broker knows of that
    await()
        .untilAsserted(
            () -> {
              CommandRun run = init(cluster, "init-partly", "--partitions=1");
              assertThat(run.exitCode()).isZero();
              assertThat(run.out()).contains("init-partly.alerts: created");
              assertThat(run.out()).filteredOn(line -> line.endsWith(": created")).hasSize(1);
            });
  }

  static CommandRun init(KafkaCluster cluster, String kitchen, String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "--bootstrap-server=" + cluster.bootstrapServers();
    args[1] = "--kitchen=" + kitchen;
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandRun.of(new InitCommand(), args);
  }

  static Admin admin(KafkaCluster cluster) {
    return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
  }

  static void alter(Admin admin, String topic, String key, String value) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  private static int partitions(Admin admin, String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .topicNameValues()
        .values()
        .iterator()
        .next()
        .get(30, TimeUnit.SECONDS)
        .partitions()
        .size();
  }

  private static Map<String, String> configs(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        admin
            .describeConfigs(List.of(resource))
            .values()
            .values()
            .iterator()
            .next()
            .get(30, TimeUnit.SECONDS);
    Map<String, String> values = new HashMap<>();
    config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
    return values;
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (java.io.IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
