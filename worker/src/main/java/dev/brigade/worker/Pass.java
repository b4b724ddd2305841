package dev.brigade.worker;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one sender of meals and dead letters: chefs hand their results here and go on, so that none
 * waits for a broker or for another chef inside the producer. What chefs hand over is sent in that
 * order, and the producer is idempotent, so the ends of one key stay in log order.
 *
 * <p>A send is never given up: while the brokers are away the orders in flight stay where they are.
 * One that the brokers refuse for good ends the worker; its order is uncommitted and comes again.
 */
final class Pass implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

  private final Producer<byte[], byte[]> producer;
  private final Mailbox<OpenOrder> counter = new Mailbox<>();
  private final Mailbox<OpenOrder> acknowledged;
  private final Consumer<Throwable> fatal;

  /**
   * @param acknowledged gets every order whose end the brokers hold
   * @param fatal told once something can never be sent; called on the pass's or the producer's
   *     thread
   */
  Pass(
      Producer<byte[], byte[]> producer,
      Mailbox<OpenOrder> acknowledged,
      Consumer<Throwable> fatal) {
    this.producer = producer;
    this.acknowledged = acknowledged;
    this.fatal = fatal;
  }

  /** Orders with their ends; one without is only let go. Thread-safe; returns at once. */
  void put(List<OpenOrder> ended) {
    counter.putAll(ended);
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

  /** No more results come; {@link #run} ends once those that are there are sent. */
  void close() {
    counter.close();
  }
}
