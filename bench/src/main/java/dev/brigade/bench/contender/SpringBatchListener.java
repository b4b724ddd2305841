package dev.brigade.bench.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ContainerProperties;

/** Cooks what was polled and returns once every meal of it is acknowledged: then Spring commits. */
final class SpringBatchListener implements BatchMessageListener<byte[], byte[]> {
  private final KafkaTemplate<byte[], byte[]> template;
  private final Cook cook;

  private SpringBatchListener(KafkaTemplate<byte[], byte[]> template, Cook cook) {
    this.template = template;
    this.cook = cook;
  }

  /** With Spring's default: offsets are committed when the listener returns. */
  static void listen(
      ContainerProperties properties, KafkaTemplate<byte[], byte[]> template, Cook cook) {
    properties.setMessageListener(new SpringBatchListener(template, cook));
    Settings.say("batch listener; at the end of a batch it flushes and awaits all meals");
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
    List<CompletableFuture<?>> sends = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      sends.add(template.send(cook.cook(record)));
    }
    template.flush();
    CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).join();
  }
}
