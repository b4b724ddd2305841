package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.cluster.net.Caller;
import dev.brigade.cluster.net.Effect;
import dev.brigade.cluster.net.Route;
import dev.brigade.cluster.net.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One cluster of three processes behind proxies, whole again at the end of each test. */
class ProxiedClusterTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<Integer> ALL = List.of(1, 2, 3);

  private static KafkaCluster cluster;
  private static Client client;

  @BeforeAll
  static void start() {
    cluster =
        KafkaCluster.builder()
            .brokers(3)
            .behindProxies(1)
            .property("broker.session.timeout.ms", "2000")
            .property("broker.heartbeat.interval.ms", "500")
            .start();
    client = new Client(cluster);
  }

  @AfterAll
  static void close() {
    client.close();
    cluster.close();
  }

  private static Set<String> callers() {
    Set<String> all = new TreeSet<>();
    cluster.nodes().forEach(node -> all.addAll(cluster.network().callers(node)));
    return all;
  }

  private static void transact(String topic) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "client.id",
            "client",
            "transactional.id",
            topic);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int partition : IntStream.range(0, 3).toArray()) {
        producer.send(new ProducerRecord<>(topic, partition, "", "value"));
      }
      producer.commitTransaction();
    }
  }

  @Test
  void nodesAndClientsAreKnownByWhatTheyCallThemselves() {
    // Given
    client.createTopic("known", 3);

    // When
    transact("known");

    // Then
    assertThat(client.read("known", 3)).hasSize(3);
    assertThat(callers()).allMatch(id -> id.startsWith("client") || Caller.anyBroker().is(id));
    for (int node : ALL) {
      assertThat(callers())
          .contains(Integer.toString(node), "raft-client-" + node, "broker-" + node + "-fetcher-0");
    }
    assertThat(callers())
        .anyMatch(id -> id.endsWith("-txn-marker-sender"))
        .anyMatch(id -> id.startsWith("AddPartitionsManager-client-"));
  }

  @Test
  void leadershipLeavesABrokerThatIsCutOffFromTheOthers() {
    // Given
    client.createTopic("split");
    client.send("split", "before");
    int leader = client.leader("split");

    // When
    try (Rule rule = cluster.network().apply(Route.between(leader), Effect.cut())) {
      // Then
      await()
          .atMost(LIMIT)
          .until(() -> !List.of(leader, Client.NONE).contains(client.leader("split")));
      await().atMost(LIMIT).until(() -> sendsAnew("split", "while split"));
      assertThat(rule.hits().bit()).isTrue();
    }
    await().atMost(LIMIT).until(() -> client.inSync("split").equals(ALL));
    assertThat(client.read("split", 2)).containsExactly("before", "while split");
  }

  /**
   * From a client that knows nothing yet: one that is connected with the old leader alone asks just
   * that one who leads, and it names itself.
   */
  private static boolean sendsAnew(String topic, String value) throws Exception {
    try (Client anew = new Client(cluster.bootstrapServers(), "anew")) {
      return anew.sendsWithin(Duration.ofSeconds(10), topic, value);
    }
  }

  @Test
  void oneClientIsCutOffAndAnotherIsNot() {
    client.createTopic("cut");
    try (Client far = new Client(cluster.bootstrapServers(), "far");
        Client near = new Client(cluster.bootstrapServers(), "near")) {
      // Given
      far.send("cut", "far before");
      CompletableFuture<Void> sent;

      // When
      try (Rule rule = cluster.network().apply(Route.from(Caller.client("far")), Effect.cut())) {
        sent = CompletableFuture.runAsync(() -> far.send("cut", "far"));
        await().atMost(LIMIT).until(() -> rule.hits().bit());
        near.send("cut", "near");

        // Then
        assertThat(near.read("cut", 2)).containsExactly("far before", "near");
        assertThat(sent).isNotDone();
      }
      sent.join();
      assertThat(near.read("cut", 3)).containsExactly("far before", "near", "far");
    }
  }

  @Test
  void aKilledNodeIsFoundWhereItWas() {
    // Given
    client.createTopic("killed");
    client.send("killed", "before");
    int leader = client.leader("killed");
    String bootstrapServers = cluster.bootstrapServers();

    // When
    cluster.kill(leader);
    client.send("killed", "while down");
    cluster.start(leader);

    // Then
    await().atMost(LIMIT).until(() -> client.inSync("killed").equals(ALL));
    assertThat(cluster.bootstrapServers()).isEqualTo(bootstrapServers);
    assertThat(client.read("killed", 2)).containsExactly("before", "while down");
  }
}
