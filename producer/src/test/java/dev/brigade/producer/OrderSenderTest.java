package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class OrderSenderTest {
  private final SentOrders orders = new SentOrders(false);

  @Test
  void everyOrderSentIsAcknowledgedOrFailedOnceTheAnswersAreIn() {
    // Given
    for (int number = 1; number <= 3; number++) {
      orders.sender.send(number, new byte[] {1}, new byte[] {2});
    }
    assertThat(orders.sender.sent()).isEqualTo(3);
    assertThat(orders.sender.acknowledged()).isZero();

    // When
    orders.producer.completeNext();
    orders.producer.errorNext(new RecordTooLargeException("too large"));
    orders.producer.completeNext();

    // Then
    assertThat(orders.sender.acknowledged()).isEqualTo(2);
    assertThat(orders.sender.failed()).isEqualTo(1);
    assertThat(orders.failures).containsExactly("2 too large");
    assertThat(orders.acknowledged).hasSize(2);
  }

  @Test
  void oneOrderThatIsTooLargeStopsNoOther() {
    orders.sender.send(1, new byte[0], new byte[0]);

    orders.producer.errorNext(new RecordTooLargeException("too large"));

    assertThat(orders.sender.breakage()).isNull();
  }

  @Test
  void aFailureThatEveryOrderWouldMeetStopsTheSending() {
    orders.sender.send(1, new byte[0], new byte[0]);
    TimeoutException expired = new TimeoutException("expired");

    orders.producer.errorNext(expired);

    assertThat(orders.sender.breakage()).isSameAs(expired);
  }

  @Test
  void whatTheSettingsAreIsPinned() {
    assertThat(OrderSender.config(Map.of("bootstrap.servers", "b:1")))
        .containsOnly(
            entry("bootstrap.servers", "b:1"),
            entry("acks", "all"),
            entry("enable.idempotence", "true"),
            entry("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer"),
            entry("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer"),
            entry("request.timeout.ms", "5000"),
            entry("metadata.max.age.ms", "3000"),
            entry("max.in.flight.requests.per.connection", "1"),
            entry("delivery.timeout.ms", "120000"),
            entry("linger.ms", "5"),
            entry("batch.size", "131072"),
            entry("buffer.memory", "67108864"),
            entry("compression.type", "lz4"));
  }

  @Test
  void theUsersSettingsWinWhereTheyBreakNoGuarantee() {
    Map<String, Object> config =
        OrderSender.config(
            Map.of(ProducerConfig.LINGER_MS_CONFIG, "50", ProducerConfig.ACKS_CONFIG, "0"));

    assertThat(config).containsEntry("linger.ms", "50").containsEntry("acks", "all");
  }
}
