package dev.brigade.bench.contender;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** A listener container and the producer that its listener sends with. */
final class SpringWork implements Work {
  private final ConcurrentMessageListenerContainer<byte[], byte[]> container;
  private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
  private final CountDownLatch stopped = new CountDownLatch(1);

  SpringWork(
      ConcurrentMessageListenerContainer<byte[], byte[]> container,
      DefaultKafkaProducerFactory<byte[], byte[]> producers) {
    this.container = container;
    this.producers = producers;
  }

  @Override
  public void run() throws InterruptedException {
    container.start();
    while (!stopped.await(1, TimeUnit.SECONDS)) {
      if (!container.isRunning()) {
        throw new IllegalStateException("the container has stopped itself");
      }
    }
    container.stop();
    producers.destroy();
  }

  @Override
  public void stop() {
    stopped.countDown();
  }
}
