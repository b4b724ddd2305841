package dev.brigade.worker;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** At-least-once: an order has its end once the brokers acknowledge it. */
final class AcknowledgedPass implements Pass {
  private static final Logger LOG = LoggerFactory.getLogger(AcknowledgedPass.class);

  private final Producer<byte[], byte[]> producer;
  private final Mailbox<OpenOrder> counter = new Mailbox<>();
  private final Mailbox<OpenOrder> acknowledged;
  private final Consumer<Throwable> fatal;

  /**
   * @param acknowledged gets every order whose end the brokers hold
   * @param fatal told once something can never be sent; called on the pass's or the producer's
   *     thread
   */
  AcknowledgedPass(
      Producer<byte[], byte[]> producer,
      Mailbox<OpenOrder> acknowledged,
      Consumer<Throwable> fatal) {
    this.producer = producer;
    this.acknowledged = acknowledged;
    this.fatal = fatal;
  }

  @Override
  public void put(List<OpenOrder> ended) {
    counter.putAll(ended);
  }

  @Override
  public void findOut(String topic) {
    producer.partitionsFor(topic);
  }

  @Override
  public void run() {
    try {
      Gathering gathering = new Gathering(System.nanoTime());
      while (!counter.isClosed()) {
        int sent = counter.readAll(1, TimeUnit.SECONDS, this::send);
        LockSupport.parkNanos(gathering.restAfter(sent, System.nanoTime()));
      }
    } catch (InterruptedException e) {
      LOG.debug("the pass was told to stop at once");
    } catch (Throwable e) {
      fatal.accept(e);
    }
  }

  private void send(OpenOrder order) {
    ProducerRecord<byte[], byte[]> end = order.end;
    if (end == null || !order.assignment.mayEnd()) {
      order.assignment.settle();
      return;
    }
    producer.send(
        end,
        (metadata, error) -> {
          if (error == null) {
            acknowledged.put(order);
            order.assignment.settle();
          } else {
            fatal.accept(error);
          }
        });
  }

  @Override
  public void close() {
    counter.close();
  }
}
