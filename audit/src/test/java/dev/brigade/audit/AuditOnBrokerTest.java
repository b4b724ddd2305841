package dev.brigade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.MalformedRecordException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Right workers pass, and each way to cheat is seen. */
@WithKafka
@Timeout(400)
class AuditOnBrokerTest {
  private static final int ORDERS = 200;

  @TempDir Path directory;

  private static Set<Invariant> broken(Findings findings) {
    return findings.violations().stream().map(Violation::invariant).collect(Collectors.toSet());
  }

  /** Takes, cooks and commits until as many orders are done. */
  private static void work(TestCook cook, long orders) throws MalformedRecordException {
    for (long done = 0; done < orders; ) {
      List<ConsumerRecord<byte[], byte[]>> taken = cook.take();
      cook.begin();
      cook.cook(taken);
      cook.commit();
      done += taken.size();
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void aRightWorkerPasses(Delivery delivery, KafkaCluster cluster) throws Exception {
    try (WatchedKitchen kitchen = new WatchedKitchen(cluster, directory, delivery);
        TestCook cook = kitchen.cook("w1")) {
      kitchen.startPlacing();
      work(cook, ORDERS / 2);
      long placed = kitchen.stopPlacing(ORDERS);
      try (TestCook next = kitchen.cook("w2")) {
        cook.close();
        work(next, placed - kitchen.ended());
      }

      Findings findings = kitchen.check();

      assertThat(findings.violations()).isEmpty();
      assertThat(findings.acked()).isEqualTo(placed).isGreaterThanOrEqualTo(ORDERS);
      assertThat(findings.ordersInLog()).isEqualTo(placed);
      assertThat(findings.meals() + findings.dead()).isEqualTo(placed);
      assertThat(findings.meals()).isPositive();
      assertThat(findings.dead()).isPositive();
      assertThat(findings.commitSamples()).isPositive();
      assertThat(kitchen.firstEnds()).isEqualTo(placed);
    }
  }

  @Test
  void aCommitBeforeTheCookAndACrash(KafkaCluster cluster) throws Exception {
    try (WatchedKitchen kitchen = new WatchedKitchen(cluster, directory, Delivery.AT_LEAST_ONCE)) {
      long placed = kitchen.place(ORDERS);
      int taken;
      try (TestCook cook = kitchen.cook("w1")) {
        List<ConsumerRecord<byte[], byte[]>> orders = cook.take();
        taken = orders.size();
        cook.commit();
        cook.cook(orders.subList(0, taken / 2));
      }
      try (TestCook next = kitchen.cook("w2")) {
        work(next, placed - taken);
      }

      assertThat(broken(kitchen.check())).containsExactlyInAnyOrder(Invariant.I3, Invariant.I6);
    }
  }

  @Test
  void aWorkerThatBeginsWithTheLatestOrder(KafkaCluster cluster) throws Exception {
    try (WatchedKitchen kitchen = new WatchedKitchen(cluster, directory, Delivery.AT_LEAST_ONCE)) {
      kitchen.place(ORDERS);
      try (TestCook cook = kitchen.cook("w1", "latest")) {
        cook.join();
        cook.commit();
      }

      assertThat(broken(kitchen.check())).containsExactlyInAnyOrder(Invariant.I3, Invariant.I6);
    }
  }

  @Test
  void aMealThatNobodyAcknowledged(KafkaCluster cluster) throws Exception {
    try (WatchedKitchen kitchen = new WatchedKitchen(cluster, directory, Delivery.AT_LEAST_ONCE)) {
      long placed = kitchen.place(ORDERS);
      try (TestCook cook = kitchen.cook("w1")) {
        List<ConsumerRecord<byte[], byte[]>> orders = cook.take();
        cook.cook(orders.subList(1, orders.size()));
        cook.commit();
        work(cook, placed - orders.size());
      }

      Findings findings = kitchen.check();

      assertThat(broken(findings)).containsExactlyInAnyOrder(Invariant.I3, Invariant.I6);
      assertThat(findings.violations()).allMatch(violation -> violation.count() == 1);
    }
  }

  @Test
  void aCommitOfAPartitionThatIsLost(KafkaCluster cluster) throws Exception {
    try (WatchedKitchen kitchen = new WatchedKitchen(cluster, directory, Delivery.AT_LEAST_ONCE)) {
      long placed = kitchen.place(ORDERS);
      try (TestCook cook = kitchen.cook("w1")) {
        work(cook, ORDERS / 2);
        Map<TopicPartition, OffsetAndMetadata> old = cook.taken();
        work(cook, placed - kitchen.ended());
        kitchen.awaitSamples();
        cook.commitPlainly(old);
        kitchen.awaitSamples();
        cook.commit();
      }

      assertThat(broken(kitchen.check())).containsExactly(Invariant.I6);
    }
  }

  @Test
  void plainCommitsBesideTransactions(KafkaCluster cluster) throws Exception {
    try (WatchedKitchen kitchen = new WatchedKitchen(cluster, directory, Delivery.EXACTLY_ONCE)) {
      long placed = kitchen.place(ORDERS);
      try (TestCook cook = kitchen.cook("w1")) {
        work(cook, ORDERS / 2);
        List<ConsumerRecord<byte[], byte[]>> orders = cook.take();
        cook.begin();
        cook.cook(orders);
        cook.commitEndsAlone();
        kitchen.awaitSamples();
        cook.commitPlainly();
        work(cook, placed - kitchen.ended());
      }

      assertThat(broken(kitchen.check())).containsExactly(Invariant.I8);
    }
  }

  @Test
  void anOrderCookedTwiceWithoutAFault(KafkaCluster cluster) throws Exception {
    try (WatchedKitchen kitchen = new WatchedKitchen(cluster, directory, Delivery.AT_LEAST_ONCE)) {
      long placed = kitchen.place(ORDERS);
      try (TestCook cook = kitchen.cook("w1")) {
        List<ConsumerRecord<byte[], byte[]>> orders = cook.take();
        cook.cook(orders.subList(0, 1));
        cook.cook(orders);
        cook.commit();
        work(cook, placed - orders.size());
      }

      Findings findings = kitchen.check();

      assertThat(broken(findings)).containsExactly(Invariant.I3);
      assertThat(findings.duplicates()).isOne();
    }
  }

  @Test
  void aTransactionThatNobodyEnds(KafkaCluster cluster) throws Exception {
    try (WatchedKitchen kitchen = new WatchedKitchen(cluster, directory, Delivery.EXACTLY_ONCE);
        KafkaProducer<byte[], byte[]> producer = transactional(kitchen)) {
      assertThat(OpenTransactions.find(kitchen.client, kitchen.kitchen, Duration.ZERO)).isEmpty();
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(kitchen.kitchen.meals(), 0, null, new byte[0])).get();

      assertThat(OpenTransactions.find(kitchen.client, kitchen.kitchen, Duration.ZERO))
          .singleElement()
          .asString()
          .contains(kitchen.kitchen.transactionalId("w1", 0), kitchen.kitchen.meals());
      assertThat(OpenTransactions.find(kitchen.client, kitchen.kitchen, Duration.ofHours(1)))
          .isEmpty();
      producer.abortTransaction();
    }
  }

  private static KafkaProducer<byte[], byte[]> transactional(WatchedKitchen kitchen) {
    Map<String, Object> config = new HashMap<>(kitchen.client);
    config.put("transactional.id", kitchen.kitchen.transactionalId("w1", 0));
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
