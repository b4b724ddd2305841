package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
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
    assertThat(new TreeMap<>(OrderSender.config(Map.of("bootstrap.servers", "b:1"))))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "bootstrap.servers", "b:1",
                    "acks", "all",
                    "enable.idempotence", "true",
                    "key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer",
                    "value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer",
                    "request.timeout.ms", "5000",
                    "delivery.timeout.ms", "120000",
                    "linger.ms", "5",
                    "batch.size", "131072",
                    "compression.type", "lz4")) {
              private static final long serialVersionUID = 1L;

              {
                put("buffer.memory", "67108864");
              }
            });
  }

  @Test
  void theUsersSettingsWinWhereTheyBreakNoGuarantee() {
    Map<String, Object> config =
        OrderSender.config(
            Map.of(ProducerConfig.LINGER_MS_CONFIG, "50", ProducerConfig.ACKS_CONFIG, "0"));

    assertThat(config).containsEntry("linger.ms", "50").containsEntry("acks", "all");
  }
}
