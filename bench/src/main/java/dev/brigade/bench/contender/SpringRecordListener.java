package dev.brigade.bench.contender;

import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Cooks a record, sends its meal and goes on to the next; acknowledges the order when its meal is
 * acknowledged. To wait for each meal instead costs a round trip per order.
 */
final class SpringRecordListener implements AcknowledgingMessageListener<byte[], byte[]> {
  private final KafkaTemplate<byte[], byte[]> template;
  private final Cook cook;

  private SpringRecordListener(KafkaTemplate<byte[], byte[]> template, Cook cook) {
    this.template = template;
    this.cook = cook;
  }

  /** Spring commits up to the first order not yet acknowledged, and polls on when there is none. */
  static void listen(
      ContainerProperties properties, KafkaTemplate<byte[], byte[]> template, Cook cook) {
    properties.setAckMode(AckMode.MANUAL);
    properties.setAsyncAcks(true);
    properties.setStopImmediate(true);
    properties.setMessageListener(new SpringRecordListener(template, cook));
    Settings.say("record listener; acknowledges an order when its meal is acknowledged");
    Settings.say("stopImmediate=" + properties.isStopImmediate());
  }

  @Override
  public void onMessage(
      ConsumerRecord<byte[], byte[]> record, @Nullable Acknowledgment acknowledgment) {
    Acknowledgment order = Objects.requireNonNull(acknowledgment);
    var unused =
        template
            .send(cook.cook(record))
            .whenComplete(
                (sent, error) -> {
                  if (error != null) {
                    ContenderProcess.fail(error);
                  }
                  order.acknowledge();
                });
  }
}
