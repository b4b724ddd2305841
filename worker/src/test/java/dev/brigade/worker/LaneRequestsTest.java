package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What a transaction asks of the brokers. */
@WithKafka
class LaneRequestsTest {
  private static final byte[] END = "an end".getBytes(StandardCharsets.UTF_8);

  @Test
  void allEndsOfATransactionGoToABrokerInOneRequestWithItsCommit(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 6);
        KafkaProducer<byte[], byte[]> lane =
            Clients.lane(
                kitchen.clientConfig(),
                TestOptions.of("cook").commitInterval(Duration.ofMinutes(1)).build(),
                "a-lane-of-requests")) {
      // So that nothing below waits for it: a batch lingers for 5 s
      assertThat(lane.partitionsFor(kitchen.kitchen.meals())).hasSize(6);
      lane.initTransactions();
      lane.beginTransaction();
      for (int end = 0; end < 10; end++) {
        lane.send(new ProducerRecord<>(kitchen.kitchen.meals(), end % 6, null, END));
      }
      // A round trip, during which what is ready to go goes.
      assertThat(lane.partitionsFor(kitchen.kitchen.deadLetters())).hasSize(6);
      lane.send(new ProducerRecord<>(kitchen.kitchen.deadLetters(), 0, null, END));
      assertThat(metric(lane, "record-send-total")).isZero();

      lane.commitTransaction();

      assertThat(metric(lane, "record-send-total")).isEqualTo(11);
      assertThat(metric(lane, "records-per-request-avg")).isEqualTo(11);
    }
  }

  private static double metric(KafkaProducer<byte[], byte[]> producer, String name) {
    return producer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().group().equals("producer-metrics"))
        .filter(metric -> metric.getKey().name().equals(name))
        .mapToDouble(metric -> (double) metric.getValue().metricValue())
        .findFirst()
        .orElseThrow();
  }
}
