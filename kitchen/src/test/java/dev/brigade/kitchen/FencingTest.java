package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.Kitchen;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithKafka
@Timeout(60)
class FencingTest {
  private static final Kitchen KITCHEN = new Kitchen("fencing");
  private static final TopicPartition PARTITION = new TopicPartition("fencing", 0);

  @Test
  void anOpenTransactionIsEndedAndWhoBeganItCommitsNothing(KafkaCluster cluster) throws Exception {
    try (Admin admin = Admin.create(config(cluster));
        KafkaProducer<byte[], byte[]> dead = producer(cluster, "w-1");
        KafkaProducer<byte[], byte[]> other = producer(cluster, "w-10")) {
      // Given two open transactions
      ClusterConnection.await(
          admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1))).all());
      for (KafkaProducer<byte[], byte[]> producer : List.of(dead, other)) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(PARTITION.topic(), new byte[1])).get();
      }
      assertThat(stableEnd(admin)).isZero();

      // When
      new Fencing(admin, KITCHEN).fence("w-1").join();

      // Then one of them is ended
      assertThatThrownBy(dead::commitTransaction).isInstanceOf(KafkaException.class);
      other.commitTransaction();
      while (stableEnd(admin) < 4) { // two records, an abort and a commit, written after the answer
        assertThat(stableEnd(admin)).isGreaterThanOrEqualTo(0);
      }
    }
  }

  @Test
  void whoNeverBeganOneIsNoTrouble(KafkaCluster cluster) throws Exception {
    try (Admin admin = Admin.create(config(cluster))) {
      new Fencing(admin, KITCHEN).fence("nobody").join();
      assertThat(ClusterConnection.await(admin.listTransactions().all()))
          .allMatch(listing -> !listing.state().toString().equals("Ongoing"));
    }
  }

  private static long stableEnd(Admin admin) {
    return ClusterConnection.await(
            admin
                .listOffsets(
                    Map.of(PARTITION, OffsetSpec.latest()),
                    new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .partitionResult(PARTITION))
        .offset();
  }

  private static KafkaProducer<byte[], byte[]> producer(KafkaCluster cluster, String worker) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "transactional.id",
            KITCHEN.transactionalId(worker, 0));
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> config(KafkaCluster cluster) {
    return Map.of("bootstrap.servers", cluster.bootstrapServers());
  }
}
