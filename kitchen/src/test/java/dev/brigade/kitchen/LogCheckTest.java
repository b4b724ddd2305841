package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.Batch;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import dev.brigade.orders.TopicInit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

@WithKafka
class LogCheckTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Batch BATCH = new Batch("dinner", 4);

  @Test
  void theLogOfAKitchenIsReadBackFromEveryPartition(KafkaCluster cluster) throws Exception {
    try (Log log = new Log(cluster, 3)) {
      // Given
      log.order(0, "a", "1");
      log.order(0, "a", "2");
      log.order(1, "b", "3");
      RecordMetadata undecodable = log.send(log.kitchen.orders(), 2, "c", new byte[] {'{'});
      log.meal(0, "a", "1", 0, 0);
      log.meal(0, "a", "2", 1, 20);
      log.meal(1, "b", "3", 0, 0);
      log.deadLetter(2, "c", new byte[] {'{'}, undecodable.offset());

      // When
      LogFindings findings = LogCheck.run(log.config, log.kitchen, BATCH.id());

      // Then
      assertThat(findings.orders()).isEqualTo(4);
      assertThat(findings.ofBatch()).isEqualTo(3);
      assertThat(findings.cooked()).isEqualTo(3);
      assertThat(findings.dead()).isEqualTo(1);
      assertThat(findings.lost(3)).isZero();
      assertThat(findings.orderViolations()).isZero();
      assertThat(findings.endsAreSound()).as("%s", findings.examples()).isTrue();
    }
  }

  @Test
  void whatIsWrongInTheLogIsFound(KafkaCluster cluster) throws Exception {
    try (Log log = new Log(cluster, 2)) {
      // Given
      log.order(0, "a", "1");
      log.order(0, "a", "2");
      log.order(1, "b", "3");
      log.order(1, "b", "4");
      log.meal(0, "a", "2", 1, 0);
      log.meal(0, "a", "1", 0, 5);
      log.meal(0, "a", "1", 0, 50);
      log.meal(1, "b", "3", 0, 0);
      log.meal(1, "b", "5", 2, 20);
      log.send(log.kitchen.meals(), 1, "b", "no meal".getBytes(StandardCharsets.UTF_8));

      // When
      LogFindings findings = LogCheck.run(log.config, log.kitchen, BATCH.id());

      // Then
      assertThat(findings.lost(5)).isEqualTo(2);
      assertThat(findings.open()).isEqualTo(1);
      assertThat(findings.cookedTwice()).isEqualTo(1);
      assertThat(findings.outOfOrder()).isEqualTo(1);
      assertThat(findings.overlapping()).isEqualTo(1);
      assertThat(findings.unknownEnds()).isEqualTo(1);
      assertThat(findings.unreadable()).isEqualTo(1);
      assertThat(findings.conflicting()).isZero();
    }
  }

  /** A kitchen of its own whose records a test writes itself. */
  private static final class Log implements AutoCloseable {
    final Kitchen kitchen = new Kitchen("check-" + UUID.randomUUID());
    final Map<String, Object> config;
    private final KafkaProducer<byte[], byte[]> producer;

    Log(KafkaCluster cluster, int partitions) {
      config = Map.of("bootstrap.servers", cluster.bootstrapServers());
      try (Admin admin = Admin.create(config)) {
        TopicInit.run(admin, kitchen, partitions);
      }
      producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    RecordMetadata send(String topic, int partition, String key, byte[] value) throws Exception {
      byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
      return producer.send(new ProducerRecord<>(topic, partition, keyBytes, value)).get();
    }

    void order(int partition, String table, String id) throws Exception {
      Order order = new Order(id, "burger", NOON, table, null, BATCH, NullNode.getInstance());
      send(kitchen.orders(), partition, table, OrderCodec.encode(order));
    }

    /** Cooked for 10 ms, that many milliseconds after noon. */
    void meal(int partition, String table, String id, long offset, long afterMillis)
        throws Exception {
      Instant start = NOON.plusMillis(afterMillis);
      Meal meal =
          new Meal(
              id,
              "burger",
              table,
              "worker-1",
              0,
              partition,
              offset,
              1,
              NOON,
              start,
              start.plusMillis(10),
              10_000,
              BATCH,
              NullNode.getInstance());
      send(kitchen.meals(), partition, table, MealCodec.encode(meal));
    }

    void deadLetter(int partition, String table, byte[] value, long offset) throws Exception {
      RecordHeaders headers = new RecordHeaders();
      new DeadLetter(
              DeadLetterReason.UNDECODABLE,
              "no JSON",
              0,
              "worker-1",
              NOON,
              kitchen.orders(),
              new CompletionId(partition, offset))
          .writeTo(headers);
      byte[] key = table.getBytes(StandardCharsets.UTF_8);
      producer
          .send(new ProducerRecord<>(kitchen.deadLetters(), partition, key, value, headers))
          .get();
    }

    @Override
    public void close() {
      producer.close();
    }
  }
}
